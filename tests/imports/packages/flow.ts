import type { PackageUse } from "../package-use.ts";

/** Control of what runs when, caches and logs. */
export const FLOW: readonly PackageUse[] = [
  {
    name: "rxjs",
    code: `import { from, filter, map, toArray, lastValueFrom } from "rxjs";
export const use = () => lastValueFrom(from([1, 2, 3]).pipe(filter((n) => n > 1), map((n) => n * 2), toArray()));`,
    result: [4, 6],
  },
  {
    name: "p-limit",
    code: `import pLimit from "p-limit";
export const use = () => { const limit = pLimit(1); return Promise.all([1, 2].map((n) => limit(async () => n * 2))); };`,
    result: [2, 4],
  },
  {
    name: "p-retry",
    code: `import pRetry from "p-retry";
export const use = async () => {
  let tries = 0;
  await pRetry(() => { if (++tries < 3) throw new Error("not yet"); }, { minTimeout: 1 });
  return tries;
};`,
    result: 3,
  },
  {
    name: "p-queue",
    code: `import PQueue from "p-queue";
export const use = async () => {
  const queue = new PQueue({ concurrency: 1 });
  const order = [];
  queue.add(() => order.push("a"), { priority: 0 });
  queue.add(() => order.push("b"), { priority: 0 });
  queue.add(() => order.push("c"), { priority: 1 });
  await queue.onIdle();
  return order;
};`,
    result: ["a", "c", "b"],
  },
  {
    name: "lru-cache",
    code: `import { LRUCache } from "lru-cache";
export const use = () => {
  const cache = new LRUCache({ max: 2, ttl: 60_000 });
  for (const key of ["a", "b", "c"]) cache.set(key, 1);
  return [...cache.keys()];
};`,
    result: ["c", "b"],
  },
  {
    name: "eventemitter3",
    code: `import { EventEmitter } from "eventemitter3";
export const use = () => {
  const emitter = new EventEmitter();
  const heard = [];
  emitter.on("ready", (name) => heard.push(name));
  emitter.emit("ready", "web");
  return heard;
};`,
    result: ["web"],
  },
  {
    name: "debug",
    code: `import debug from "debug";
export const use = () => {
  const lines = [];
  const log = debug("web");
  log.log = (...args) => lines.push(args.join(" ").includes("ready"));
  debug.enable("web");
  log("ready");
  return lines;
};`,
    result: [true],
  },
  {
    name: "pino",
    code: `import pino from "pino";
export const use = () => {
  const written = [];
  pino({ browser: { write: ({ msg, pod }) => written.push({ msg, pod }) } }).info({ pod: "web" }, "ready");
  return written;
};`,
    result: [{ msg: "ready", pod: "web" }],
    note: "its edition for browsers, which has no streams and transports; the context's `log` needs no package",
  },
  {
    name: "winston",
    code: `import winston from "winston";
export const use = () => {
  winston.createLogger({ transports: [new winston.transports.Console()] }).info("ready");
  return true;
};`,
    result: true,
    note: "use the context's `log`",
  },
  {
    name: "prom-client",
    code: `import { Counter, Registry } from "prom-client";
export const use = async () => {
  const registry = new Registry();
  new Counter({ name: "seen_total", help: "Seen.", registers: [registry] }).inc(2);
  return (await registry.metrics()).includes("seen_total 2");
};`,
    result: true,
    note: "use the context's `metrics`",
  },
];
