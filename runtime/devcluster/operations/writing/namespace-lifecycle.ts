import { isRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import { forbidden } from "../api-errors.ts";
import type { Target } from "../api-operations.ts";
import type { OperationsDeps } from "../operations-context.ts";

/**
 * Where new objects may go (upstream: admission plugin `NamespaceLifecycle`). Throws 404 and 403.
 * @param name of the new object, as far as it has one
 */
export function requireWritableNamespace(
  { store }: OperationsDeps,
  { resource, namespace }: Target,
  name: string,
): void {
  if (!resource.namespaced) return;
  const found = store.get("namespaces", { namespace: "", name: namespace });
  if (!found) throw namespaceNotFound(namespace);
  if (!isTerminating(found)) return;
  const reason = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const message = `namespace ${namespace} is being terminated`;
  throw forbidden(resource, name || "Unknown", reason, {
    reason: "NamespaceTerminating",
    message,
    field: "metadata.namespace",
  });
}

export function isTerminating({ metadata, status }: ApiObject): boolean {
  return metadata.deletionTimestamp !== undefined || (isRecord(status) && status["phase"] === "Terminating");
}

function namespaceNotFound(name: string): StatusError {
  return new StatusError(404, "NotFound", `namespaces "${name}" not found`, { name, kind: "namespaces" });
}
