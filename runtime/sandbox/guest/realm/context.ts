import type { Calls } from "./calls.ts";
import { createFetch } from "./fetch/fetch.ts";
import type { Outbox } from "./outbox.ts";
import { isFiniteNumber, toText } from "./primordials.ts";
import { toMessage } from "./readable.ts";
import type { AbortSignal } from "./shims/abort.ts";

interface Parts {
  readonly run: number;
  readonly env: Readonly<Record<string, string>>;
  /** Names of `context.listers`. */
  readonly listers: readonly string[];
  readonly signal: AbortSignal;
  readonly outbox: Outbox;
  readonly calls: Calls;
}

/** The handler's second argument. The host decides what each call may do; here is only the way to it. */
export function createContext({ run, env, listers, signal, outbox, calls }: Parts): object {
  const call =
    (method: string) =>
    (...args: readonly unknown[]) =>
      calls.start(run, method, trim(args));
  const read =
    (method: string) =>
    (...args: readonly unknown[]) =>
      outbox.read({ run, method, args: trim(args) });
  // JSON has no word for NaN and would leave the value out, so that a counter counted one.
  const measure = (method: string) => {
    const add = read(method);
    return (name: unknown, value: unknown, labels: unknown, options: unknown): void => {
      add(name, typeof value === "number" && !isFiniteNumber(value) ? toText(value) : value, labels, options);
    };
  };
  const removeSeries = read("metrics.remove");
  const log = (level: "debug" | "info" | "warn" | "error") => (message: unknown, fields?: unknown) =>
    outbox.log(run, level, toMessage(message), fields);
  const named: Record<string, object> = {};
  for (let index = 0; index < listers.length; index++) {
    const name = listers[index];
    if (name !== undefined) named[name] = createLister(read, `listers.${name}`);
  }
  return {
    lister: createLister(read, "lister"),
    listers: named,
    kube: {
      get: call("kube.get"),
      list: call("kube.list"),
      create: call("kube.create"),
      apply: call("kube.apply"),
      patch: call("kube.patch"),
      patchStatus: call("kube.patchStatus"),
      delete: call("kube.delete"),
      scale: call("kube.scale"),
      evict: call("kube.evict"),
      event: call("kube.event"),
    },
    fetch: createFetch(calls, () => run),
    state: { get: call("state.get"), set: call("state.set"), delete: call("state.delete"), keys: call("state.keys") },
    // Written at once and without a promise, so that a refusal throws where the handler stands.
    metrics: {
      counter: measure("metrics.counter"),
      gauge: measure("metrics.gauge"),
      histogram: measure("metrics.histogram"),
      remove: (name: unknown, labels: unknown): void => void removeSeries(name, labels),
    },
    log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
    env,
    signal,
  };
}

function createLister(read: (method: string) => (...args: readonly unknown[]) => unknown, name: string): object {
  const get = read(`${name}.get`);
  return {
    get: (object: unknown, namespace?: unknown) => get(object, namespace) ?? undefined,
    list: read(`${name}.list`),
    byIndex: read(`${name}.byIndex`),
    count: read(`${name}.count`),
  };
}

/** Arguments that were left out have no place in JSON. */
function trim(args: readonly unknown[]): readonly unknown[] {
  const given: unknown[] = [];
  let length = args.length;
  while (length > 0 && args[length - 1] === undefined) length--;
  for (let index = 0; index < length; index++) given[index] = args[index];
  return given;
}
