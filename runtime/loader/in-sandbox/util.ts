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

function callbackify(call: (...args: unknown[]) => Promise<unknown>): (...args: [...unknown[], Callback]) => void {
  return (...all) => {
    const done = all.at(-1);
    if (typeof done !== "function") throw new TypeError("Cannot call back: the last argument is no function");
    call(...all.slice(0, -1)).then(
      (value) => queueMicrotask(() => done(null, value)),
      (error: unknown) => queueMicrotask(() => done(error)),
    );
  };
}

function inherits(child: { prototype: object }, parent: { readonly prototype: object }): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export const builtIn = {
  format,
  inspect,
  promisify,
  callbackify,
  inherits,
  types,
  isDeepStrictEqual: deepEqual,
  deprecate: <Call>(call: Call): Call => call,
  debuglog: (): (() => void) => () => {},
  TextEncoder,
  TextDecoder,
};
