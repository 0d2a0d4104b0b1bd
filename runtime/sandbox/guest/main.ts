/**
 * The guest: everything that runs in a handler's process. It loads one handler inside vm2 and passes text between it and the host.
 * It decides nothing: the host owns queues, deadlines and rights, and ends this process whenever it likes.
 */
import { MessageChannel } from "./message-channel.ts";
import { createHandlerRealm } from "./handler-realm.ts";
import { readSynchronously } from "./read-channel.ts";
import { scrub } from "./scrub.ts";
import { findAllowed, prepareProbes } from "./self-test.ts";
import { reportUnhandled } from "./unhandled.ts";
import { warmUp } from "./warm-up.ts";

/** Ctrl-C reaches the whole group of processes; the host decides when a handler ends. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const channel = new MessageChannel();
const realm = createHandlerRealm({
  send: (text) => channel.send(text),
  finish: (text) => channel.finish(text),
  read: readSynchronously,
});
let isSpare = true;
channel.onMessage = (text) => {
  isSpare = false;
  if (text.startsWith('{"type":"ping"')) channel.finish('{"type":"pong"}');
  else if (text.startsWith('{"type":"load"')) realm.load(text);
  else realm.receive(text);
};
reportUnhandled((text) => channel.send(text));

const probes = prepareProbes();
scrub();
void findAllowed(probes).then((allowed) => {
  channel.send(JSON.stringify({ type: "ready", allowed }));
  warmUp(() => isSpare);
});
