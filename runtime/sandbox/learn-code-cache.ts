import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { dirname } from "node:path";
import { FrameDecoder } from "#kernel/framing.ts";
import { encodeMessage } from "./event-frame.ts";
import { readGuestMessage } from "./guest-message.ts";
import { SAMPLE_PROGRAM } from "./sample-program.ts";
import { GUEST_FRAME_LIMIT_BYTES, LEARNER, MESSAGE_FD } from "./protocol.ts";
import type { GuestMessage, HostMessage } from "./protocol.ts";

const PATIENCE_MS = 20_000;
const EVENT = {
  id: "sample",
  type: "updated",
  cause: "live",
  attempt: 1,
  object: { metadata: { namespace: "default", name: "sample-1" } },
  old: { metadata: { namespace: "default", name: "sample-1" }, spec: { replicas: 1 } },
};

/**
 * Runs a guest once with a handler of our own, and has it write into `file` what V8 has compiled meanwhile: functions are compiled
 * when they are first called. Returns false if nothing can be written there.
 */
export async function learnCodeCache(boot: string, program: string, file: string): Promise<boolean> {
  const fresh = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await using source = await open(program);
    await using target = await open(fresh, "wx");
    await learn(boot, source.fd, target.fd);
    await rename(fresh, file);
    return true;
  } catch {
    await rm(fresh, { force: true }).catch(() => {});
    return false;
  }
}

async function learn(boot: string, source: number, target: number): Promise<void> {
  const child = spawn(process.execPath, ["--permission", "--no-warnings", boot, LEARNER], {
    env: {},
    cwd: "/",
    stdio: ["ignore", "ignore", "ignore", "pipe", "ignore", source, target],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  const exited = once(child, "exit");
  const messages = child.stdio[MESSAGE_FD];
  if (!(messages instanceof Socket)) throw new TypeError("the guest's messages are no pipe");
  const frames = new FrameDecoder(GUEST_FRAME_LIMIT_BYTES);
  for await (const chunk of messages) {
    for (const frame of frames.push(chunk)) {
      const answers = answersTo(readGuestMessage(frame));
      if (!answers) messages.end();
      for (const answer of answers ?? []) messages.write(encodeMessage(answer));
    }
  }
  const [code] = await exited;
  if (code !== 0) throw new Error(`a guest that learns ended with ${code}`);
}

/** `undefined`: it has seen enough. */
function answersTo({ type }: GuestMessage): readonly HostMessage[] | undefined {
  if (type === "ready") return [{ type: "load", engine: "vm2", file: "sample.ts", code: SAMPLE_PROGRAM }];
  if (type === "loaded") {
    return [
      { type: "serve", entry: 0, env: {}, listers: [] },
      { type: "event", run: 1, event: EVENT },
    ];
  }
  return type === "log" ? [] : undefined;
}
