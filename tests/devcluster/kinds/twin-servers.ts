import { isDeepStrictEqual } from "node:util";
import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "#devcluster/api-status.ts";
import type { DeleteOptions, Target } from "#devcluster/operations/api-operations.ts";
import { askApiServer, type Answer } from "../../support/ask-api-server.ts";
import type { KubeApiServer } from "../../support/kube-api-server.ts";
import type { ClusterRig } from "../cluster-rig.ts";
import { collectionPath } from "../support/create-samples.ts";

/** A request that both servers are asked. */
export interface TwinRequest {
  readonly verb: "create" | "patch" | "delete";
  /** `deployments.apps`. */
  readonly resource: string;
  readonly name: string;
  /** A body, or a merge patch. */
  readonly body?: JsonRecord;
  /** Of a deletion. */
  readonly options?: { readonly propagationPolicy?: "Background" | "Foreground" | "Orphan" };
  readonly subresource?: string;
}

export interface TwinAnswer {
  readonly request: TwinRequest;
  readonly real: unknown;
  readonly embedded: unknown;
}

const NAMESPACE = "default";

/** Asks the real server and the embedded one the same, and gives what they answer without what is never the same. */
export function twinServers(server: KubeApiServer, rig: ClusterRig): (request: TwinRequest) => Promise<TwinAnswer> {
  const ask = askApiServer(server);
  return async (request) => ({
    request,
    real: comparable((await askReal(request)).body),
    embedded: comparable(askEmbedded(rig, request)),
  });

  function askReal({ verb, resource, name, body, options = {}, subresource = "" }: TwinRequest): Promise<Answer> {
    const collection = collectionPath(targetOf(rig, resource, name).resource, NAMESPACE);
    const path = [
      collection,
      verb === "create" && subresource === "" ? "" : `/${name}`,
      subresource && `/${subresource}`,
    ].join("");
    switch (verb) {
      case "create":
        return ask({ method: "POST", path, body });
      case "patch":
        return ask({ method: "PATCH", path, body, contentType: "application/merge-patch+json" });
      case "delete":
        // Node sends a DELETE's body without its length, which the server takes for a second request.
        return ask({ method: "DELETE", path: [path, new URLSearchParams(Object.entries(options))].join("?") });
    }
  }
}

function askEmbedded(
  rig: ClusterRig,
  { verb, resource, name, body = {}, options: deletion = {}, subresource = "" }: TwinRequest,
): unknown {
  const target = { ...targetOf(rig, resource, verb === "create" && subresource === "" ? "" : name), subresource };
  const options = { dryRun: false, fieldManager: "test", fieldValidation: "Warn", force: false } as const;
  try {
    switch (verb) {
      case "create":
        return rig.operations.create(target, body, options).object;
      case "patch":
        return rig.operations.patch(target, { type: "merge", patch: body }, options).object;
      case "delete": {
        const result = rig.operations.delete(target, { ...DELETION, ...deletion });
        return result.type === "terminating" || result.answersWithObject
          ? result.object
          : { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details: { name } };
      }
    }
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
}

const DELETION: DeleteOptions = {
  dryRun: false,
  gracePeriodSeconds: undefined,
  propagationPolicy: undefined,
  preconditions: {},
};

function targetOf(rig: ClusterRig, resource: string, name: string): Target {
  const found = rig.registry.all().find(({ storage }) => storage === resource);
  if (!found) throw new Error(`Cannot ask about ${resource}: it is not served`);
  return { resource: found, namespace: found.namespaced ? NAMESPACE : "", name, subresource: "" };
}

/** What is random, or the time, or who owns which field. */
const VARYING: ReadonlySet<string> = new Set([
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "resourceVersion",
  "managedFields",
  "lastTransitionTime",
  "lastPhaseTransitionTime",
  "timeAdded",
  "nodePort",
  "healthCheckNodePort",
]);

function comparable(value: unknown): unknown {
  if (typeof value === "string" && /^10\.96\.\d+\.\d+$/.test(value)) return "an address";
  if (typeof value === "string") return value.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UID");
  if (Array.isArray(value)) return value.map(comparable);
  if (!isRecord(value)) return value;
  if (textOf(value, "status") === "Success") return { kind: value["kind"], status: value["status"] };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, VARYING.has(key) ? key : comparable(member)]),
  );
}

/** Where the answers differ: `delete pods x .metadata: real … embedded …`. */
export function differences({ request, real, embedded }: TwinAnswer): readonly string[] {
  const subject = [request.verb, request.resource, request.name].join(" ");
  return differencesAt("", real, embedded).map((difference) => `${subject} ${difference}`);
}

function differencesAt(path: string, real: unknown, embedded: unknown): readonly string[] {
  if (isDeepStrictEqual(real, embedded)) return [];
  if (isRecord(real) && isRecord(embedded)) return membersDiffer(path, real, embedded);
  if (Array.isArray(real) && Array.isArray(embedded) && real.length === embedded.length)
    return membersDiffer(path, byIndex(real), byIndex(embedded));
  return [`${path}: real ${JSON.stringify(real)} embedded ${JSON.stringify(embedded)}`];
}

function membersDiffer(path: string, real: JsonRecord, embedded: JsonRecord): readonly string[] {
  const keys = new Set([...Object.keys(real), ...Object.keys(embedded)]);
  return [...keys].flatMap((key) => differencesAt(`${path}.${key}`, real[key], embedded[key]));
}

function byIndex(elements: readonly unknown[]): JsonRecord {
  return Object.fromEntries(elements.entries());
}
