/**
 * Preloaded into informd: writes down when a save has reached which stage, and prints it when the process ends, so that
 * nothing is slowed down meanwhile. It wraps methods of the runtime, which has no use for such a trace itself.
 */
import { writeSync } from "node:fs";
import { basename } from "node:path";
import { Dispatcher } from "#dispatch/dispatcher.ts";
import { ChangeFeed } from "#loader/directory/change-feed.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { Supervisor } from "#supervisor/supervisor.ts";
import { SAVED_FILE, STAGES_LINE, type Stage } from "./stages.ts";

const STDERR = 2;
const reached: (readonly [stage: Stage, at: number])[] = [];

wrap(ChangeFeed.prototype, "touch", (touch) => {
  return function (this: ChangeFeed, path) {
    if (basename(path) === SAVED_FILE) note("seen");
    touch.call(this, path);
  };
});

wrap(ProcessSandboxPool.prototype, "inspect", (inspect) => {
  return async function (this: ProcessSandboxPool, program, ...rest) {
    if (program.file !== SAVED_FILE) return inspect.call(this, program, ...rest);
    note("built");
    return inspect.call(this, program, ...rest).finally(() => note("inspected"));
  };
});

wrap(Supervisor.prototype, "apply", (apply) => {
  return function (this: Supervisor, batch) {
    if (batch.revisions.some(({ file }) => file === SAVED_FILE)) note("offered");
    apply.call(this, batch);
  };
});

wrap(ProcessSandboxPool.prototype, "open", (open) => {
  return async function (this: ProcessSandboxPool, program, ...rest) {
    const opening = open.call(this, program, ...rest);
    return program.file === SAVED_FILE ? opening.finally(() => note("process ready")) : opening;
  };
});

wrap(Dispatcher.prototype, "reload", (reload) => {
  return function (this: Dispatcher, ...args) {
    reload.apply(this, args);
    note("swapped");
  };
});

process.on("exit", () => writeSync(STDERR, `${STAGES_LINE}${JSON.stringify(reached)}\n`));

function wrap<Self extends object, Name extends keyof Self>(
  prototype: Self,
  name: Name,
  around: (original: Self[Name]) => Self[Name],
): void {
  Object.assign(prototype, { [name]: around(prototype[name]) });
}

function note(stage: Stage): void {
  reached.push([stage, performance.timeOrigin + performance.now()]);
}
