import { spawn, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { setPriority } from "node:os";
import { FrameDecoder, FrameTooLargeError } from "#kernel/framing.ts";
import type { ChildCommand } from "./child-command.ts";
import { ProtocolError, readGuestMessage, readReadRequest } from "./guest-message.ts";
import {
  GUEST_FRAME_LIMIT_BYTES,
  HOST_FRAME_LIMIT_BYTES,
  MESSAGE_FD,
  READ_FD,
  READ_REQUEST_LIMIT_BYTES,
  type GuestMessage,
  type ReadRequest,
} from "./protocol.ts";

/** Handlers yield to the host, whose event loop serves them all. */
const NICENESS = 10;
/** What is kept of stderr: V8 says there why it ended. */
const STDERR_LIMIT_BYTES = 8192;
/** Messages that the guest has not read: above this, nothing that it writes is read either. */
const UNREAD_PAUSE_BYTES = 16 * 2 ** 20;
/** Above this, one more ends its process. The largest one alone is not above it. */
const UNREAD_LIMIT_BYTES = HOST_FRAME_LIMIT_BYTES;

/** How the process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** It broke the protocol and was killed for that. */
  readonly violation: string | undefined;
}

/** Who listens to a guest. A `ProtocolError` thrown here ends its process. */
export interface GuestListener {
  /** Does all that is to be done with what the guest has just written. */
  receive(work: () => void): void;
  /** @param bytes of its frame */
  message(message: GuestMessage, bytes: number): void;
  /** Resolves with the frame to answer with. To reject ends the process too. */
  read(request: ReadRequest): Promise<Buffer>;
}

/** The operating system's process and its two pipes. Knows frames, and nothing of events. */
export class GuestProcess {
  listener: GuestListener;
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  readonly #messages: Socket;
  readonly #reads: Socket;
  #stderr = "";
  #violation: string | undefined;
  #killed = false;
  #exited = false;
  /** Each is ended by one `resume`. */
  #pauses = 0;

  /**
   * @param env the whole environment of the process
   * @param files open ones that it gets too
   */
  constructor(
    command: ChildCommand,
    env: Readonly<Record<string, string>>,
    files: readonly (number | "ignore")[],
    listener: GuestListener,
  ) {
    this.listener = listener;
    this.#child = spawn(command.file, command.args, {
      env: { ...env },
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe", ...files],
    });
    // A process that cannot be started has no pipes, and says why a little later.
    this.#child.on("error", () => {});
    this.#messages = socketOf(this.#child, MESSAGE_FD);
    this.#reads = socketOf(this.#child, READ_FD);
    this.ended = this.#watchEnd();
    this.#receive(this.#messages, GUEST_FRAME_LIMIT_BYTES, (frame) =>
      this.listener.message(readGuestMessage(frame), frame.length),
    );
    this.#receive(this.#reads, READ_REQUEST_LIMIT_BYTES, (frame) => this.#read(readReadRequest(frame)));
    this.#drainStderr();
    if (this.#child.pid !== undefined) lowerPriority(this.#child.pid);
  }

  /** 0 if it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** A guest that does not read is not read from, and is ended in the end: what waits for it is the host's memory. */
  send(frame: Buffer): void {
    if (this.#killed) return;
    const unread = this.#messages.writableLength;
    if (unread > UNREAD_LIMIT_BYTES) return this.#endFor(`more than ${UNREAD_LIMIT_BYTES / 2 ** 20} MiB unread`);
    this.#messages.write(frame);
    if (unread > UNREAD_PAUSE_BYTES || this.#messages.writableLength <= UNREAD_PAUSE_BYTES) return;
    this.pause();
    this.#messages.once("drain", () => this.resume());
  }

  /** Leaves what the guest writes in its pipe, which then fills up, until each pause has been ended by a `resume`. */
  pause(): void {
    this.#pauses++;
    if (!this.#exited) this.#messages.pause();
  }

  resume(): void {
    if (--this.#pauses === 0) this.#messages.resume();
  }

  /** At once. Nothing that it has written is read any more. */
  kill(): void {
    if (this.#killed) return;
    this.#killed = true;
    this.#child.kill("SIGKILL");
    this.#messages.destroy();
    this.#reads.destroy();
  }

  #receive(socket: Socket, limitBytes: number, handle: (frame: Buffer) => void): void {
    const frames = new FrameDecoder(limitBytes);
    socket.on("error", () => {});
    const take = (chunk: Buffer): void => {
      try {
        for (const frame of frames.push(chunk)) {
          if (this.#killed) return;
          handle(frame);
        }
      } catch (error) {
        if (!(error instanceof ProtocolError || error instanceof FrameTooLargeError)) throw error;
        this.#endFor(error.message);
      }
    };
    socket.on("data", (chunk: Buffer) => this.listener.receive(() => take(chunk)));
  }

  /** Until the answer is read nothing more is taken: whoever has asked already did not wait for it. */
  #read(request: ReadRequest): void {
    // Nobody is there for the answer, and a pipe that is paused again would hold back the end.
    if (this.#exited) return;
    if (this.#reads.isPaused()) throw new ProtocolError("a read before the answer to the last one");
    this.#reads.pause();
    this.listener.read(request).then(
      (answer) => {
        if (this.#reads.write(answer)) this.#reads.resume();
        else this.#reads.once("drain", () => this.#reads.resume());
      },
      (error: unknown) => this.#endFor(error instanceof Error ? error.message : String(error)),
    );
  }

  #endFor(violation: string): void {
    this.#violation ??= violation;
    this.kill();
  }

  #drainStderr(): void {
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      const room = STDERR_LIMIT_BYTES - this.#stderr.length;
      if (room > 0) this.#stderr += chunk.toString("utf8", 0, room);
    });
  }

  /** `close` comes after the last byte of each pipe was read; one that is paused would hold it back. */
  #watchEnd(): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      let failure = "";
      this.#child.once("exit", () => {
        this.#exited = true;
        this.#messages.resume();
        this.#reads.resume();
      });
      this.#child.once("error", (error) => {
        failure = error.message;
        if (this.#child.pid === undefined) resolve({ code: null, signal: null, stderr: failure, violation: undefined });
      });
      this.#child.once("close", (code, signal) =>
        resolve({ code, signal, stderr: failure || this.#stderr, violation: this.#violation }),
      );
    });
  }
}

function socketOf(child: ChildProcess, descriptor: number): Socket {
  const stream = child.stdio[descriptor];
  if (!(stream instanceof Socket)) throw new TypeError(`descriptor ${descriptor} of the guest is no pipe`);
  return stream;
}

/** It may be gone already. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // Then its priority does not matter.
  }
}
