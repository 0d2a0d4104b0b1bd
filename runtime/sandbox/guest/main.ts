/**
 * The guest: everything that runs in a handler's process. It loads one handler inside an engine and passes text between it and the host.
 * It decides nothing: the host owns queues, deadlines and rights, and ends this process whenever it likes.
 */
import type { HostMessage } from "../protocol.ts";
import { MessageChannel } from "./message-channel.ts";
import { createHandlerRealm, type HandlerRealm } from "./handler-realm.ts";
import { createProcessEngine } from "./process-engine.ts";
import { readSynchronously } from "./read-channel.ts";
import { scrub } from "./scrub.ts";
import { findAllowed, prepareProbes } from "./self-test.ts";
import { reportUnhandled } from "./unhandled.ts";
import { createVm2Engine } from "./vm2-engine.ts";
import { warmUp } from "./warm-up.ts";

/** Ctrl-C reaches the whole group of processes; the host decides when a handler ends. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const channel = new MessageChannel();
const channels = {
  send: (text: string) => channel.send(text),
  finish: (text: string) => channel.finish(text),
  read: readSynchronously,
};
/** Most handlers run in vm2, which takes long to set up: it is there before they come. */
let realm: HandlerRealm = createHandlerRealm(createVm2Engine(), channels);
let isSpare = true;
channel.onMessage = (text) => {
  isSpare = false;
  if (text.startsWith('{"type":"ping"')) channel.finish('{"type":"pong"}');
  else if (text.startsWith('{"type":"load"')) load(JSON.parse(text));
  else realm.receive(text);
};
reportUnhandled((text) => channel.send(text));

const probes = prepareProbes();
scrub();
void findAllowed(probes).then((allowed) => {
  channel.send(JSON.stringify({ type: "ready", allowed }));
  warmUp(() => isSpare);
});

function load({ engine, code, file }: HostMessage & { readonly type: "load" }): void {
  if (engine === "process") realm = createHandlerRealm(createProcessEngine(), channels);
  realm.load(code, file);
}
