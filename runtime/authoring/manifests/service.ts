import { type Identity, ownMetadata, selectorLabels } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

export const HTTP_PORT = 8080;
export const HTTP_PORT_NAME = "http";

/** Where metrics and health are read. */
export function service(identity: Identity): KubeObject {
  const port = { name: HTTP_PORT_NAME, port: HTTP_PORT, targetPort: HTTP_PORT_NAME, protocol: "TCP" };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: ownMetadata(identity),
    spec: { selector: selectorLabels(identity), ports: [port] },
  };
}
