/** What a person gives a handler in files: the event's objects, and those of its caches. */
import { isRecord, textOf } from "#kernel/json-value.ts";
import { parseManifest } from "#kubernetes/manifest.ts";
import type { GivenText } from "../../given/given-files.ts";
import { itemsIn } from "../../given/given-items.ts";
import type { InvokeRequest } from "../invoke-request.ts";
import { readObject, type ReadObject } from "./read-object.ts";

/** An object with the name of the file that it is in. */
export type PlacedObject = ReadObject & { readonly place: string };

export interface GivenObjects {
  readonly object: ReadObject | undefined;
  readonly old: ReadObject | undefined;
  /** `undefined`: nothing is known of the caches. */
  readonly cache: readonly PlacedObject[] | undefined;
}

type Failed = {
  readonly type: "failed";
  /** Says what to do. */
  readonly message: string;
};

export function readGiven(
  given: Pick<InvokeRequest, "object" | "old" | "cache">,
): ({ readonly type: "read" } & GivenObjects) | Failed {
  const [object, old] = [given.object, given.old].map((text) => text && readOnly(text));
  const cache = given.cache?.map(readAll);
  const read = [object, old, ...(cache ?? [])];
  const problem = read.find((one) => one?.type === "failed");
  if (problem?.type === "failed") return problem;
  return {
    type: "read",
    object: object?.type === "read" ? object : undefined,
    old: old?.type === "read" ? old : undefined,
    cache: cache?.flatMap((one) => (one.type === "all" ? one.objects : [])),
  };
}

/** The one object in a text. */
function readOnly({ name, text }: GivenText): ({ readonly type: "read" } & ReadObject) | Failed {
  const manifest = parseManifest(text);
  if (manifest.type === "invalid") return failed(name, `it is neither YAML nor JSON: ${manifest.reason}`);
  const [object, ...others] = manifest.documents;
  if (others.length > 0) return failed(name, `it holds ${others.length + 1} objects. Give one`);
  const kind = textOf(object, "kind");
  if (kind !== undefined && isRecord(object) && Array.isArray(object["items"]))
    return failed(name, `it is a list (${kind}). Give one object`);
  const read = readObject(object);
  return read.type === "invalid" ? failed(name, read.reason) : read;
}

/** Every object in a text, those in lists too. */
function readAll({
  name,
  text,
}: GivenText): { readonly type: "all"; readonly objects: readonly PlacedObject[] } | Failed {
  const given = itemsIn(text);
  if (given.type === "invalid") return failed(name, given.reason);
  const objects: PlacedObject[] = [];
  for (const [at, item] of given.items.entries()) {
    const read = readObject(item);
    if (read.type === "invalid") return failed(name, read.reason, given.items.length > 1 ? at + 1 : undefined);
    const { object, apiVersion, kind } = read;
    objects.push({ object, apiVersion, kind, place: name });
  }
  return { type: "all", objects };
}

/** @param number of the object, from 1. `undefined`: the only one */
function failed(name: string, fact: string, number?: number): Failed {
  const which = number === undefined ? "the object" : `object ${number}`;
  return { type: "failed", message: `Cannot use ${which} of "${name}": ${fact}.` };
}
