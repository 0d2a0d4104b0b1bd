import assert from "node:assert/strict";
import type { HandlerOptions } from "#handler-api/options.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";

/** Options as a handler file writes them, resolved as the loader does. */
export function optionsOf(resource: string, options: HandlerOptions = {}): ResolvedOptions {
  const resolution = resolveOptions(resource, options);
  assert.ok(resolution.type === "ok", JSON.stringify(resolution));
  return resolution.options;
}
