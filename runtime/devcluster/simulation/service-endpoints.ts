import { isDeepStrictEqual } from "node:util";
import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../api-object.ts";
import type { ClusterClient } from "../controllers/reconciling/cluster-client.ts";
import { runReconciler, type ControllerParts } from "../controllers/reconciling/run-reconciler.ts";
import { portsOf } from "../kinds/services/service-form.ts";
import { recordAt } from "../record-at.ts";
import { NODE_NAME } from "./node/cluster-node.ts";
import { containersOf, hasEnded, isReady } from "./workloads/pod-facts.ts";
import { controllerReference, controlledBy } from "./workloads/controller-reference.ts";

const SLICES = "endpointslices.discovery.k8s.io";

/** Keeps an EndpointSlice with the pods that a Service selects. No Endpoints: they are deprecated. */
export function startServiceEndpoints(parts: ControllerParts, signal: AbortSignal): void {
  const { client } = parts;
  runReconciler(
    parts,
    {
      name: "service-endpoints",
      watches: ["services", "pods"],
      keysOf({ storage, type, object, previous }) {
        if (storage === "services") return type === "DELETED" ? [] : [keyOf(object)];
        return client
          .list("services", object.metadata.namespace)
          .filter((service) => selects(service, object) || (previous && selects(service, previous)))
          .map(keyOf);
      },
      reconcile(key) {
        const service = client.get("services", parseKey(key));
        if (service && service.metadata.deletionTimestamp === undefined && selectorOf(service).length > 0)
          keepSlice(client, service);
        return undefined;
      },
    },
    signal,
  );
}

function keepSlice(client: ClusterClient, service: ApiObject): void {
  const { namespace = "", name } = service.metadata;
  const pods = client.list("pods", namespace).filter((pod) => selects(service, pod) && !hasEnded(pod));
  const content = {
    addressType: "IPv4",
    endpoints: pods.filter((pod) => addressOf(pod) !== undefined).map(endpoint),
    ports: portsOf(recordAt(service, "spec")).map((port) => slicePort(port, pods[0])),
  };
  const existing = client.list(SLICES, namespace).find(controlledBy(service));
  if (!existing) {
    client.create(SLICES, {
      metadata: {
        namespace,
        generateName: `${name}-`,
        labels: {
          ...service.metadata.labels,
          "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
          "kubernetes.io/service-name": name,
        },
        ownerReferences: [controllerReference(service)],
      },
      ...content,
    });
    return;
  }
  const { addressType, endpoints, ports } = existing;
  if (!isDeepStrictEqual({ addressType, endpoints, ports }, content))
    client.update(SLICES, { ...existing, ...content });
}

function endpoint(pod: ApiObject): JsonRecord {
  const { namespace, name, uid } = pod.metadata;
  const isEnding = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [addressOf(pod)],
    conditions: { ready: isReady(pod) && !isEnding, serving: isReady(pod), terminating: isEnding },
    nodeName: NODE_NAME,
    targetRef: { kind: "Pod", namespace, name, uid },
  };
}

function slicePort({ name, port, protocol, targetPort }: JsonRecord, pod: ApiObject | undefined): JsonRecord {
  const named = pod && containersOf(pod, "containers").flatMap((container) => portsOf(container));
  const number =
    typeof targetPort === "string" ? named?.find((each) => each["name"] === targetPort)?.["containerPort"] : targetPort;
  return { name: name ?? "", port: number ?? port, protocol: protocol ?? "TCP" };
}

function addressOf({ status }: ApiObject): string | undefined {
  return textOf(status, "podIP");
}

function selects(service: ApiObject, { metadata }: ApiObject): boolean {
  const wanted = selectorOf(service);
  return wanted.length > 0 && wanted.every(([label, value]) => metadata.labels?.[label] === value);
}

function selectorOf(service: ApiObject): [string, unknown][] {
  const selector = recordAt(service, "spec")["selector"];
  return isRecord(selector) ? Object.entries(selector) : [];
}
