import { DOMException } from "./dom-exception.ts";

const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** A deep copy of data, cycles included. Throws `DataCloneError` for functions and symbols. */
export function structuredClone(value: unknown): unknown {
  return clone(value, new Map());
}

function clone(value: unknown, seen: Map<object, object>): unknown {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new DOMException(`${String(value)} could not be cloned.`, "DataCloneError");
  }
  if (typeof value !== "object" || value === null) return value;
  const known = seen.get(value);
  if (known) return known;
  const copy = emptyCopy(value, seen);
  seen.set(value, copy);
  fill(copy, value, seen);
  return copy;
}

function emptyCopy(value: object, seen: Map<object, object>): object {
  if (Array.isArray(value)) return Array.from({ length: value.length });
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return cloneView(value, seen);
  if (value instanceof Error) return cloneError(value, seen);
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) {
    throw new DOMException("An object of this kind could not be cloned.", "DataCloneError");
  }
  return {};
}

function fill(copy: object, value: object, seen: Map<object, object>): void {
  if (copy instanceof Map && value instanceof Map) {
    for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen));
  } else if (copy instanceof Set && value instanceof Set) {
    for (const item of value) copy.add(clone(item, seen));
  } else if (Array.isArray(copy) || isPlain(copy)) {
    for (const [key, item] of Object.entries(value)) Reflect.set(copy, key, clone(item, seen));
  }
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function cloneView(view: ArrayBufferView, seen: Map<object, object>): object {
  const buffer = clone(view.buffer, seen);
  const length = view instanceof DataView ? view.byteLength : Reflect.get(view, "length");
  return Reflect.construct(Object.getPrototypeOf(view).constructor, [buffer, view.byteOffset, length]);
}

function cloneError(error: Error, seen: Map<object, object>): Error {
  const Class = ERRORS[error.name] ?? Error;
  const copy = new Class(error.message);
  Object.defineProperty(copy, "stack", { value: error.stack, writable: true, configurable: true });
  if ("cause" in error) {
    Object.defineProperty(copy, "cause", { value: clone(error.cause, seen), writable: true, configurable: true });
  }
  return copy;
}
