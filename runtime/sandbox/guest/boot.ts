/**
 * The first code of a guest's process: runs the program of `main.ts` from what V8 has compiled of it in an earlier process, because
 * to compile it takes longer than all else that a guest does before it is ready. Both come as open files: the process may
 * read none by name. A learner writes down at its end what V8 has compiled.
 */
import { closeSync, fstatSync, readSync, writeSync } from "node:fs";
import vm from "node:vm";
import { CODE_CACHE_FD, LEARNER, PROGRAM_FD } from "../protocol.ts";
import { decodeCodeCache, encodeCodeCache } from "./code-cache.ts";

/** As vm2 knows the host's own files, which no handler sees in its stacks. */
const PROGRAM = "/informd-guest.js";
const isLearner = process.argv[2] === LEARNER;
const cache = isLearner ? new Map<string, Buffer>() : decodeCodeCache(readAll(CODE_CACHE_FD));
const scripts = new Map<string, vm.Script>();
let isStarting = true;

/** vm2 compiles with this class too; what comes after the start are handlers, for which nothing is kept. */
class CachedScript extends vm.Script {
  constructor(code: string, options: vm.ScriptOptions = {}) {
    const { filename = "" } = options;
    const cachedData = isStarting ? cache.get(filename) : undefined;
    super(code, cachedData ? { ...options, cachedData } : options);
    if (isStarting && isLearner) scripts.set(filename, this);
  }
}

const { Script } = vm;
Reflect.set(vm, "Script", CachedScript);
const text = readAll(PROGRAM_FD).toString();
const program = new CachedScript(`(function (require, __filename, __dirname) {${text}\n})`, { filename: PROGRAM });
closeSync(PROGRAM_FD);
if (isLearner) process.on("exit", () => writeAll(CODE_CACHE_FD, encodeCodeCache(scripts)));
else closeSync(CODE_CACHE_FD);
const run: unknown = program.runInThisContext();
if (typeof run === "function") Reflect.apply(run, undefined, [require, __filename, __dirname]);
Reflect.set(vm, "Script", Script);
isStarting = false;
cache.clear();

function readAll(descriptor: number): Buffer {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const count = readSync(descriptor, bytes, at, size - at, at);
    if (count === 0) throw new Error(`Cannot read descriptor ${descriptor}: it ends after ${at} of ${size} bytes`);
    at += count;
  }
  return bytes;
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
