import type { PlacedObject } from "#authoring/invoke/objects/given-objects.ts";
import { type Defaults, rawObjectOf } from "#authoring/invoke/objects/raw-object-of.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { PODS } from "./api-resources.ts";
import type { Metadata } from "./objects.ts";

export const DEFAULTS: Omit<Defaults, "resource"> = { namespace: "default", now: "2026-01-02T03:04:05.000Z" };

/** As read from the file `objects.yaml`, unless the test says otherwise. */
export function placed(
  kind: string,
  metadata: Metadata,
  rest: Readonly<Record<string, unknown>> = {},
  { apiVersion = "v1", place = "objects.yaml" }: { readonly apiVersion?: string; readonly place?: string } = {},
): PlacedObject {
  return { object: { apiVersion, kind, metadata, ...rest }, apiVersion, kind, place };
}

/** As a cache without a cluster holds it. */
export function offlineObject({ object }: PlacedObject, resource: ApiResource = PODS, number?: number): RawObject {
  return rawObjectOf(object, { ...DEFAULTS, resource }, number);
}
