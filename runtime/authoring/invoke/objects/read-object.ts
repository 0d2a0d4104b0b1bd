import { isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";

/** An object that a person wrote down, with what names its kind. */
export interface ReadObject {
  readonly object: JsonRecord;
  readonly apiVersion: string;
  readonly kind: string;
}

export type ObjectReading =
  | ({ readonly type: "read" } & ReadObject)
  /** A fact, and what to do. */
  | { readonly type: "invalid"; readonly reason: string };

export function readObject(object: unknown): ObjectReading {
  if (!isRecord(object)) return invalid("it holds no object. Give one");
  const [apiVersion, kind] = [textOf(object, "apiVersion"), textOf(object, "kind")];
  if (apiVersion === undefined) return invalid(`it has no apiVersion. Add one such as "v1"`);
  if (kind === undefined) return invalid(`it has no kind. Add one such as "Pod"`);
  if (!textOf(object["metadata"], "name")) return invalid("it has no metadata.name. Add one");
  if (!isJson(object)) return invalid("it contains itself. Write YAML aliases out");
  return { type: "read", object, apiVersion, kind };
}

/** An alias of YAML may stand within what it stands for. */
function isJson(object: JsonRecord): boolean {
  try {
    return JSON.stringify(object) !== undefined;
  } catch {
    return false;
  }
}

function invalid(reason: string): ObjectReading {
  return { type: "invalid", reason };
}
