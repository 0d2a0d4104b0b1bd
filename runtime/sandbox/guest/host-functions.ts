import { createCryptoFunctions } from "./crypto-functions.ts";
import { parseUrl } from "./url-functions.ts";

interface Reaches {
  readonly send: (text: string) => void;
  readonly finish: (text: string) => void;
  readonly read: (text: string) => string;
  /** A timer of the realm is due. */
  readonly fire: (timer: number) => void;
}

/**
 * Everything that the handler's realm can call outside of itself. Each takes and returns text and numbers only and never throws:
 * an error object of this realm in the handler's hands is the classic way out of vm2.
 */
export function createHostFunctions({ send, finish, read, fire }: Reaches) {
  const hashes = createCryptoFunctions();
  const timers = new Map<number, NodeJS.Timeout>();
  return {
    /** Returns `""`, or why the message was not sent. */
    send: (text: string): string => orReason(() => (send(text), "")),
    /** The same for the end of a run, for which there is always room. */
    finish: (text: string): string => orReason(() => (finish(text), "")),
    /** Returns a `ReadAnswer`. */
    read: (text: string): string =>
      orReason(
        () => read(text),
        (reason) => JSON.stringify({ error: { name: "RangeError", message: reason } }),
      ),
    now: (): number => performance.now(),
    /** Hexadecimal digits of so many random bytes. The module behind it is large: Node loads it when it is first used. */
    random: (bytes: number): string => orReason(() => crypto.getRandomValues(Buffer.alloc(bytes)).toString("hex")),
    digest: (hash: string, data: string): string => orNothing(() => hashes.digest(hash, data)),
    sign: (hash: string, key: string, data: string): string => orNothing(() => hashes.sign(hash, key, data)),
    verify: (hash: string, key: string, data: string, signature: string): boolean =>
      orNothing(() => (hashes.verify(hash, key, data, signature) ? "yes" : "")) !== "",
    url: (text: string): string => orReason(() => parseUrl(text)),
    setTimer(timer: number, delayMs: number, repeat: boolean): void {
      const run = (): void => {
        if (!repeat) timers.delete(timer);
        fire(timer);
      };
      timers.set(timer, repeat ? setInterval(run, delayMs) : setTimeout(run, delayMs));
    },
    clearTimer(timer: number): void {
      clearTimeout(timers.get(timer));
      timers.delete(timer);
    },
  };
}

function orReason(run: () => string, toText: (reason: string) => string = (reason) => reason): string {
  try {
    return run();
  } catch (error) {
    return toText(error instanceof Error ? error.message : "unknown");
  }
}

function orNothing(run: () => string): string {
  return orReason(run, () => "");
}
