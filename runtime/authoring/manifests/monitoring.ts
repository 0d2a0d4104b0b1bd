/** How the Prometheus operator reads the metrics. */
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
      endpoints: [{ port: HTTP_PORT_NAME, path: "/metrics" }],
    },
  };
}
