/** `node:util/types`, as far as a type can be told without an engine's help. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice("[object ".length, -1);
const isTagged =
  (...tags: readonly string[]) =>
  (value: unknown): boolean =>
    tags.includes(tagOf(value));

export const builtIn = {
  isAnyArrayBuffer: isTagged("ArrayBuffer", "SharedArrayBuffer"),
  isArrayBuffer: isTagged("ArrayBuffer"),
  isArrayBufferView: (value: unknown): boolean => ArrayBuffer.isView(value),
  isAsyncFunction: isTagged("AsyncFunction"),
  isDataView: isTagged("DataView"),
  isDate: isTagged("Date"),
  isGeneratorFunction: isTagged("GeneratorFunction", "AsyncGeneratorFunction"),
  isMap: isTagged("Map"),
  isNativeError: isTagged("Error"),
  isPromise: isTagged("Promise"),
  isRegExp: isTagged("RegExp"),
  isSet: isTagged("Set"),
  isTypedArray: (value: unknown): boolean => ArrayBuffer.isView(value) && tagOf(value) !== "DataView",
  isUint8Array: isTagged("Uint8Array"),
  isWeakMap: isTagged("WeakMap"),
  isWeakSet: isTagged("WeakSet"),
};
