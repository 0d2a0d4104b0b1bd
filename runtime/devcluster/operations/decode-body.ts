import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { metadataOf, type ApiObject, type ObjectMetadata } from "../api-object.ts";
import { badRequest } from "./api-errors.ts";
import type { Target, WriteOptions } from "./api-operations.ts";

export interface DecodedBody {
  readonly object: ApiObject;
  readonly warnings: readonly string[];
}

/** A request's body as an object of the target's kind. Throws 400 for one of another kind, place or form. */
export function decodeBody(target: Target, body: JsonRecord, _options: WriteOptions): DecodedBody {
  const { resource, namespace } = target;
  const apiVersion = apiVersionOf(resource);
  requireSame("API version in the data", textOf(body, "apiVersion"), "expected API version", apiVersion);
  requireSame("kind in the data", textOf(body, "kind"), "expected kind", resource.kind);
  const metadata = metadataOf(body);
  const own = textOf(metadata, "namespace") ?? "";
  if (own !== "" && own !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  const object: ApiObject = {
    ...body,
    apiVersion,
    kind: resource.kind,
    metadata: { ...metadata, ...(resource.namespaced && { namespace }) } as unknown as ObjectMetadata,
  };
  return { object, warnings: [] };
}

function requireSame(what: string, found: string | undefined, expectation: string, expected: string): void {
  if (found !== undefined && found !== "" && found !== expected)
    throw badRequest(`the ${what} (${found}) does not match the ${expectation} (${expected})`);
}
