/**
 * For the Prometheus operator: where the metrics are, and the alerts on them. Several runtimes may be read by one
 * Prometheus, so that what is read of each gets a label which no other has, and its alerts select it.
 */
import type { ManifestsConfig } from "#config/manifests-config.ts";
import { alertGroups } from "#observability/alerts.ts";
import { type Identity, ownMetadata, selectorLabels } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";
import { HTTP_PORT_NAME } from "./service.ts";

const API_VERSION = "monitoring.coreos.com/v1";

const RUNTIME_LABEL = "runtime";

/** Labels beside informd's own, by which the operator is told to select both. */
type AddedLabels = ManifestsConfig["monitoringLabels"];

export function monitoringObjects(identity: Identity, added: AddedLabels): KubeObject[] {
  return [serviceMonitor(identity, added), prometheusRule(identity, added)];
}

function serviceMonitor(identity: Identity, added: AddedLabels): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: "ServiceMonitor",
    metadata: labelled(identity, added),
    spec: {
      selector: { matchLabels: selectorLabels(identity) },
      // A metric's own label "namespace" says what is watched, and must not give way to the pod's.
      endpoints: [
        {
          port: HTTP_PORT_NAME,
          path: "/metrics",
          honorLabels: true,
          relabelings: [{ targetLabel: RUNTIME_LABEL, replacement: runtimeOf(identity) }],
        },
      ],
    },
  };
}

function prometheusRule(identity: Identity, added: AddedLabels): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: "PrometheusRule",
    metadata: labelled(identity, added),
    spec: { groups: alertGroups({ [RUNTIME_LABEL]: runtimeOf(identity) }) },
  };
}

function labelled(identity: Identity, added: AddedLabels): KubeObject["metadata"] {
  const metadata = ownMetadata(identity);
  return { ...metadata, labels: { ...metadata.labels, ...added } };
}

function runtimeOf({ namespace, name }: Identity): string {
  return `${namespace}/${name}`;
}
