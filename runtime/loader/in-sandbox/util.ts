/** `node:util`: what packages use of it. */
import { deepEqual } from "./deep-equal.ts";
import { format, inspect } from "./inspect.ts";
import { builtIn as types } from "./util-types.ts";

type Callback = (error: unknown, value?: unknown) => void;
type Callable = (this: unknown, ...args: unknown[]) => unknown;

function promisify(call: Callable): Callable {
  return function promised(...args) {
    return new Promise((resolve, reject) => {
      const done: Callback = (error, value) => (error === null || error === undefined ? resolve(value) : reject(error));
      call.apply(this, [...args, done]);
    });
  };
}

function inherits(child: { prototype: object }, parent: { readonly prototype: object }): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export const builtIn = {
  format,
  inspect,
  promisify,
  inherits,
  types,
  isDeepStrictEqual: deepEqual,
  deprecate: <Call>(call: Call): Call => call,
  debuglog: (): (() => void) => () => {},
  TextEncoder,
  TextDecoder,
};
