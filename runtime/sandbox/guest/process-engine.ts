import vm from "node:vm";
import { REALM_FILE, type Engine } from "./engine.ts";

/** The code of `realm/`, put here by the bundler. */
declare const REALM_CODE: string;

/**
 * All of JavaScript, `Proxy` and `eval` with it, in a context of its own: names and built-in objects stay apart from the guest's.
 * It keeps nobody in who wants out: what holds is the process.
 */
export function createProcessEngine(): Engine {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: true, wasm: false } });
  /** Whatever the program sees is made inside, `module` too. */
  const run = (code: string, filename: string): unknown =>
    new vm.Script(
      `((module) => ((function (exports, module) {${code}\n}).call(module.exports, module.exports, module), module.exports))({ exports: {} })`,
      { filename },
    ).runInContext(context);
  const realm: unknown = run(REALM_CODE, REALM_FILE);
  if (!isRealm(realm)) throw new TypeError("the realm's code exports no start");
  return { realm, run };
}

function isRealm(value: unknown): value is Engine["realm"] {
  return typeof value === "object" && value !== null && "start" in value && typeof value.start === "function";
}
