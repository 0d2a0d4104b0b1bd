import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { HandlerOptions } from "#handler-api/options.ts";
import type { Batch, Revision } from "#loader/revision.ts";

interface RevisionFields {
  readonly handler?: string;
  /** Stands for the code: another word, another bundle. */
  readonly code?: string;
  /** Stands for the lines of the source. */
  readonly sourceMap?: string;
  readonly resource?: string;
  readonly options?: HandlerOptions;
}

export function revision(fields: RevisionFields = {}): Revision {
  const { handler = "watch", code = "v1", sourceMap = "", resource = "pods", options = {} } = fields;
  const resolved = resolveOptions(resource, options);
  if (resolved.type === "invalid") throw new Error(resolved.problems.map(({ reason }) => reason).join("; "));
  const file = `${handler}.ts`;
  return {
    id: `${code} ${resource} ${JSON.stringify(options)}`,
    handler,
    file,
    entry: 0,
    bundle: { id: code, file, code, sourceMap, inputs: [], warnings: [] },
    options: resolved.options,
    seenAt: 0,
    builtMs: 0,
  };
}

export function batch(fields: Partial<Batch> = {}): Batch {
  return { revisions: [], removed: [], renamed: [], failures: [], conflicts: [], ...fields };
}
