import { isDeepStrictEqual } from "node:util";
import { fieldOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import type { Change } from "../../storage/change.ts";

export const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

/** Watches of custom resources end when their definition becomes another one, as on a real server. */
export function redefines({ type, object, previous }: Change, { group, plural }: ServedResource): boolean {
  if (object.metadata.name !== `${plural}.${group}`) return false;
  return type === "DELETED" || (previous !== undefined && !isDeepStrictEqual(served(previous), served(object)));
}

function served({ spec, status }: ApiObject): readonly unknown[] {
  return [spec, fieldOf(status, "acceptedNames")];
}
