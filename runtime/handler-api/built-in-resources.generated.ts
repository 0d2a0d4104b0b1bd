import type { V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";
import type { Wire } from "./wire.ts";

export interface BuiltInResources {
  pods: Wire<V1Pod>;
  nodes: Wire<V1Node, false>;
  "deployments.apps": Wire<V1Deployment>;
}
