import { isNativeError, isProxy } from "node:util/types";
import { NodeVM, type NodeVMOptions, VMScript } from "vm2";
import { createHostFunctions } from "./host-functions.ts";
import { describeSafely } from "./unhandled.ts";

/** The code of `realm/` as vm2 has compiled it, put here by the bundler. */
declare const REALM_CODE: string;
const REALM_FILE = "informd-realm.js";
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

/** What `realm/main.ts` exports. Every call crosses the bridge of vm2, so only text and numbers are passed. */
interface RealmModule {
  start(host: ReturnType<typeof createHostFunctions>): RealmEntries;
}

interface RealmEntries {
  readonly receive: (text: string) => void;
  readonly fire: (timer: number) => void;
  readonly adopt: (exports: unknown) => void;
  readonly failLoad: (thrown: unknown) => void;
}

export interface HandlerRealm {
  /** A `load` message: evaluates the program and reports what it exports. */
  load(text: string): void;
  /** Any other message. */
  receive(text: string): void;
}

/** The realm inside vm2 in which the handler lives, with the code that runs it. */
export function createHandlerRealm(channels: {
  send(text: string): void;
  finish(text: string): void;
  read(text: string): string;
}): HandlerRealm {
  const vm = new NodeVM(VM_OPTIONS);
  const realm: RealmModule = vm.run(compiledRealm());
  const host = createHostFunctions({ ...channels, fire: (timer) => fire(timer) });
  const { receive, fire, adopt, failLoad } = realm.start(host);
  return {
    load(text) {
      const { code, file }: { code: string; file: string } = JSON.parse(text);
      try {
        adopt(vm.run(new VMScript(code, file)));
      } catch (thrown) {
        if (isProxy(thrown) || !isNativeError(thrown)) failLoad(thrown);
        else channels.send(JSON.stringify({ type: "loadFailed", error: describeSafely(thrown) }));
      }
    },
    receive,
  };
}

/** A script that vm2 need not compile any more: it keeps what it has compiled under this name. */
function compiledRealm(): VMScript {
  const script = new VMScript("", REALM_FILE);
  Reflect.set(script, "_compiledCode", REALM_CODE);
  return script;
}
