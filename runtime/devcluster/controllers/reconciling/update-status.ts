import { isDeepStrictEqual } from "node:util";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "./cluster-client.ts";

/** The object with this status, written only if it is another one. */
export function updateStatus(
  client: ClusterClient,
  resource: string,
  object: ApiObject,
  status: JsonRecord,
): ApiObject {
  return isDeepStrictEqual(object["status"], status)
    ? object
    : client.update(resource, { ...object, status }, "status");
}

/** Without zeros: the API server leaves numbers out that say nothing. */
export function nonZero(counts: Readonly<Record<string, number | undefined>>): JsonRecord {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined && count !== 0));
}
