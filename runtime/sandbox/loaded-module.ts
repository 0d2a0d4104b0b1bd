import { ProtocolError } from "./guest-message.ts";
import type { ExportShape, LoadedModule } from "./sandbox.ts";

const DEPTH_LIMIT = 4;

/** Reads what a guest says that its program exports. Throws `ProtocolError`. */
export function readLoadedModule(value: unknown): LoadedModule {
  const module = asRecord(value);
  return { default: readShape(module["default"], DEPTH_LIMIT), config: module["config"] };
}

function readShape(value: unknown, depth: number): ExportShape {
  const shape = asRecord(value);
  const { type, items, found } = shape;
  if (type === "function") return { type };
  if (type === "handler") return { type, resource: shape["resource"], options: shape["options"] };
  if (type === "other" && typeof found === "string") return { type, found };
  if (type === "array" && Array.isArray(items) && depth > 0) {
    return { type, items: items.map((item) => readShape(item, depth - 1)) };
  }
  throw new ProtocolError("a module of an unknown shape");
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new ProtocolError("a module that is no object");
  return { ...value };
}
