/** For the Prometheus operator: where the metrics are, and the alerts on them. */
import { alertGroups } from "#observability/alerts.ts";
import { type Identity, ownMetadata, selectorLabels } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";
import { HTTP_PORT_NAME } from "./service.ts";

const API_VERSION = "monitoring.coreos.com/v1";

export function serviceMonitor(identity: Identity): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: "ServiceMonitor",
    metadata: ownMetadata(identity),
    spec: {
      selector: { matchLabels: selectorLabels(identity) },
      // A metric's own label "namespace" says what is watched, and must not give way to the pod's.
      endpoints: [{ port: HTTP_PORT_NAME, path: "/metrics", honorLabels: true }],
    },
  };
}

export function prometheusRule(identity: Identity): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: "PrometheusRule",
    metadata: ownMetadata(identity),
    spec: { groups: alertGroups() },
  };
}
