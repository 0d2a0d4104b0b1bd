import { NodeVM, type NodeVMOptions, VMScript } from "vm2";
import { REALM_FILE, type Engine } from "./engine.ts";

/** The code of `realm/` as vm2 has compiled it, put here by the bundler. */
declare const VM2_REALM_CODE: string;
/** Of one allocation: typed arrays and buffers lie outside of the heap's limit. */
const BUFFER_LIMIT_BYTES = 16 * 2 ** 20;

/** Without `require`, `eval` and WebAssembly: most known ways out of vm2 need one of them. */
const VM_OPTIONS: NodeVMOptions & { readonly bufferAllocLimit: number } = {
  require: false,
  nesting: false,
  eval: false,
  wasm: false,
  console: "off",
  bufferAllocLimit: BUFFER_LIMIT_BYTES,
  allowAsync: true,
  env: {},
  argv: [],
  strict: true,
  wrapper: "commonjs",
};

/** One more layer between the handler and its process. Costs it `Proxy`, `eval` and syntax newer than ES2022. */
export function createVm2Engine(): Engine {
  const vm = new NodeVM(VM_OPTIONS);
  return { realm: vm.run(compiledRealm()), run: (code, file) => vm.run(new VMScript(code, file)) };
}

/** A script that vm2 need not compile any more: it keeps what it has compiled under this name. */
function compiledRealm(): VMScript {
  const script = new VMScript("", REALM_FILE);
  Reflect.set(script, "_compiledCode", VM2_REALM_CODE);
  return script;
}
