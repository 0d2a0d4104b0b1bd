import assert from "node:assert/strict";
import { test } from "node:test";
import { deployment, simulatedCluster } from "./workloads.ts";

const SLICES = "endpointslices.discovery.k8s.io";

test("an EndpointSlice names the pods that a Service selects", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("services", {
    metadata: { namespace: "default", name: "web" },
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
  rig.user.create("deployments.apps", deployment({ replicas: 2 }));
  await rig.clock.advance(1_000);
  const slice = rig.user.list(SLICES).find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "web");
  assert.deepEqual(slice?.["ports"], [{ name: "http", port: 8080, protocol: "TCP" }]);
  const endpoints = slice?.["endpoints"] as { conditions: object; targetRef: { name: string } }[];
  assert.deepEqual(
    endpoints.map(({ targetRef }) => targetRef.name),
    rig.names("pods"),
  );
  assert.deepEqual(
    endpoints.map(({ conditions }) => conditions),
    [
      { ready: true, serving: true, terminating: false },
      { ready: true, serving: true, terminating: false },
    ],
  );

  rig.user.delete("services", rig.read("services", "default/web"));
  await rig.clock.advance(10);
  assert.deepEqual(rig.names(SLICES), ["kubernetes"]);
});
