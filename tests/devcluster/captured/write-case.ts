import type { JsonRecord } from "#kernel/json-value.ts";

/** Writes to one object, one after the other, with seconds between them. */
export interface WriteCase {
  readonly title: string;
  readonly resource: "configmaps" | "podtemplates" | "widgets";
  readonly steps: readonly WriteStep[];
}

export interface WriteStep {
  readonly type: "create" | "apply" | "merge" | "json";
  readonly manager: string;
  readonly force: boolean;
  readonly subresource: "" | "status";
  /** The object, the configuration or the patch. Header and name are filled in where they are missing. */
  readonly body: JsonRecord | readonly JsonRecord[];
}

type Options = Partial<Pick<WriteStep, "force" | "subresource">>;

export function create(manager: string, body: JsonRecord): WriteStep {
  return step("create", manager, body);
}

export function apply(manager: string, body: JsonRecord, options?: Options): WriteStep {
  return step("apply", manager, body, options);
}

/** With a merge patch. */
export function update(manager: string, body: JsonRecord, options?: Options): WriteStep {
  return step("merge", manager, body, options);
}

export function jsonPatch(manager: string, ...body: readonly JsonRecord[]): WriteStep {
  return step("json", manager, body);
}

function step(type: WriteStep["type"], manager: string, body: WriteStep["body"], options: Options = {}): WriteStep {
  return { type, manager, force: false, subresource: "", body, ...options };
}
