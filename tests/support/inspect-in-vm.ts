import { runInNewContext } from "node:vm";
import type { Inspect, InspectedExport } from "#loader/inspect.ts";

/** Loads a bundle in a plain context and says what it exports, as a sandbox would. */
export const inspectInVm: Inspect = (bundle) => {
  const module: { exports: { default?: unknown; config?: unknown } } = { exports: {} };
  try {
    runInNewContext(bundle.code, { module, exports: module.exports, Symbol });
  } catch (error) {
    return Promise.resolve({ type: "failed", error: loadError(error) });
  }
  const { config } = module.exports;
  const data = config === undefined ? undefined : asData(config);
  return Promise.resolve({ type: "loaded", module: { default: shapeOf(module.exports.default), config: data } });
};

function shapeOf(value: unknown): InspectedExport {
  if (Array.isArray(value)) return { type: "array", items: value.map(shapeOf) };
  if (typeof value === "function") return { type: "function" };
  if (typeof value === "object" && value !== null && Symbol.for("informd.handler") in value) {
    const { resource, options } = value as { resource: unknown; options: unknown };
    return { type: "handler", resource, options: asData(options) };
  }
  return { type: "other", found: value === null ? "null" : typeof value };
}

function asData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "function" ? true : inner)));
}

function loadError(error: unknown): { name: string; message: string; at: undefined } {
  const { name, message } = error as Error;
  return { name, message, at: undefined };
}
