/**
 * Serves custom resources as long as their definition is there, says so in its status, and deletes them before it goes.
 * Upstream: the naming, establishing and finalizing controllers of apiextensions-apiserver.
 */
import { textOf, textsOf } from "#kernel/json-value.ts";
import { withMetadata, type ApiObject } from "../api-object.ts";
import { CUSTOM_RESOURCE_CLEANUP } from "../kinds/custom-resources/crd-rules.ts";
import { recordAt } from "../record-at.ts";
import { acceptedConditions } from "../registry/definitions/accepted-names.ts";
import { servedResources } from "../registry/custom/custom-resources.ts";
import type { ResourceRegistry } from "../registry/resource-registry.ts";
import type { ClusterClient } from "./reconciling/cluster-client.ts";
import { conditionOf, conditionsWith, isTrue } from "./reconciling/conditions.ts";
import { runReconciler, type ControllerParts } from "./reconciling/run-reconciler.ts";
import { updateStatus } from "./reconciling/update-status.ts";
import { timestamp } from "../timestamp.ts";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

export interface DefinitionsParts extends ControllerParts {
  readonly registry: ResourceRegistry;
}

export function startCustomResourceDefinitions(parts: DefinitionsParts, signal: AbortSignal): void {
  const { client, clock, registry } = parts;
  const served = new Map<string, unknown>();
  const serve = (name: string, definition: ApiObject | undefined): void => {
    const spec = definition?.["spec"];
    if (served.get(name) === spec) return;
    served.set(name, spec);
    registry.replace(identityOf(name), definition ? servedResources(definition) : []);
    if (!definition) served.delete(name);
  };
  runReconciler(
    parts,
    {
      name: "custom-resource-definitions",
      keysOf({ storage, type, object }) {
        // Names that one definition gives up may be what another one waits for.
        if (storage === DEFINITIONS && type === "DELETED")
          return [object.metadata.name, ...client.list(DEFINITIONS).map(nameOf)];
        if (storage === DEFINITIONS) return [object.metadata.name];
        // A custom resource that goes may have been the last.
        return type === "DELETED" && served.has(storage) ? [storage] : [];
      },
      reconcile(name) {
        const definition = client.get(DEFINITIONS, { namespace: "", name });
        const now = timestamp(clock.now());
        if (!definition) serve(name, undefined);
        else if (definition.metadata.deletionTimestamp !== undefined) clean(client, definition, now);
        else {
          const accepted = accept(client, definition, now);
          // Once established it stays so.
          if (isTrue(accepted, "Established")) serve(name, accepted);
        }
        return undefined;
      },
    },
    signal,
  );
}

function accept(client: ClusterClient, definition: ApiObject, now: string): ApiObject {
  const status = {
    ...recordAt(definition, "status"),
    ...acceptedConditions(definition, client.list(DEFINITIONS), now),
  };
  return updateStatus(client, DEFINITIONS, definition, status);
}

/** Deletes the custom resources; when none is left the definition may go. */
function clean(client: ClusterClient, definition: ApiObject, now: string): void {
  const { name } = definition.metadata;
  if (!(definition.metadata.finalizers ?? []).includes(CUSTOM_RESOURCE_CLEANUP)) return;
  const current = markCleaning(client, definition, now);
  for (const object of client.list(name)) if (!object.metadata.deletionTimestamp) client.delete(name, object);
  if (client.list(name).length > 0) return;
  const finalizers = textsOf(current.metadata, "finalizers").filter((each) => each !== CUSTOM_RESOURCE_CLEANUP);
  client.update(DEFINITIONS, withMetadata(current, { finalizers: finalizers.length > 0 ? finalizers : undefined }));
}

function markCleaning(client: ClusterClient, definition: ApiObject, now: string): ApiObject {
  const reason = "InstanceDeletionInProgress";
  if (textOf(conditionOf(definition, "Terminating"), "reason") === reason) return definition;
  const message = "CustomResource deletion is in progress";
  const conditions = conditionsWith(definition, [{ type: "Terminating", status: "True", reason, message }], now);
  return updateStatus(client, DEFINITIONS, definition, { ...recordAt(definition, "status"), conditions });
}

function identityOf(name: string): { readonly plural: string; readonly group: string } {
  const [plural = "", ...group] = name.split(".");
  return { plural, group: group.join(".") };
}

function nameOf({ metadata }: ApiObject): string {
  return metadata.name;
}
