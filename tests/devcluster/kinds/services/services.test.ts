import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "#devcluster/record-at.ts";
import type { ClusterRig } from "../../cluster-rig.ts";
import { created, kindRig, refusal } from "../kind-rig.ts";

test("a Service gets an address of the cluster", (t) => {
  const { spec, status } = created(kindRig(t), "services", { spec: { ports: [{ port: 80 }] } });
  const { clusterIP, clusterIPs, ...rest } = spec as JsonRecord;
  assert.match(String(clusterIP), /^10\.96\.\d+\.\d+$/);
  assert.deepEqual(clusterIPs, [clusterIP]);
  assert.deepEqual(rest, {
    type: "ClusterIP",
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
  });
  assert.deepEqual(status, { loadBalancer: {} });
});

test("a thousand Services have a thousand addresses", (t) => {
  const rig = kindRig(t);
  const addresses = Array.from({ length: 1_000 }, (_, i) => service(rig, `s${i}`, {})["clusterIP"]);
  assert.equal(new Set(addresses).size, 1_000);
});

test("a NodePort Service gets ports of all nodes", (t) => {
  const spec = service(kindRig(t), "s", {
    type: "NodePort",
    ports: [
      { port: 80, name: "a" },
      { port: 81, name: "b" },
    ],
  });
  const ports = (spec["ports"] as { nodePort: number }[]).map(({ nodePort }) => nodePort);
  assert.equal(new Set(ports).size, 2);
  assert.ok(ports.every((port) => port >= 30_000 && port <= 32_767));
  assert.equal(spec["externalTrafficPolicy"], "Cluster");
});

test("one number serves TCP and UDP", (t) => {
  const ports = ["TCP", "UDP"].map((protocol) => ({
    name: protocol.toLowerCase(),
    port: 80,
    protocol,
    nodePort: 30_400,
  }));
  const spec = service(kindRig(t), "s", { type: "NodePort", ports });
  assert.deepEqual(
    (spec["ports"] as { nodePort: number }[]).map(({ nodePort }) => nodePort),
    [30_400, 30_400],
  );
});

test("a headless Service has no address; without a selector it may be of any family", (t) => {
  const rig = kindRig(t);
  assert.partialDeepStrictEqual(service(rig, "a", { clusterIP: "None", selector: { a: "b" }, ports: [] }), {
    clusterIPs: ["None"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
  });
  assert.partialDeepStrictEqual(service(rig, "b", { clusterIP: "None", ports: [] }), {
    clusterIPs: ["None"],
    ipFamilies: ["IPv4", "IPv6"],
    ipFamilyPolicy: "RequireDualStack",
  });
});

test("an ExternalName Service is a name only", (t) => {
  const spec = { type: "ExternalName", externalName: "example.com" };
  assert.deepEqual(created(kindRig(t), "services", { spec })["spec"], {
    type: "ExternalName",
    externalName: "example.com",
    sessionAffinity: "None",
  });
});

test("a LoadBalancer that keeps the client's address has a port for health checks", (t) => {
  const spec = service(kindRig(t), "s", { type: "LoadBalancer", externalTrafficPolicy: "Local" });
  assert.equal(spec["allocateLoadBalancerNodePorts"], true);
  assert.equal(typeof spec["healthCheckNodePort"], "number");
});

const REFUSED: readonly (readonly [spec: object, message: string])[] = [
  [
    { clusterIP: "10.96.3.4" },
    'spec.clusterIPs: Invalid value: ["10.96.3.4"]: failed to allocate IP 10.96.3.4: provided IP is already allocated',
  ],
  [
    { clusterIP: "10.97.3.4" },
    'spec.clusterIPs: Invalid value: ["10.97.3.4"]: failed to allocate IP 10.97.3.4: the provided network does not match the current range',
  ],
  [
    { clusterIP: "bad" },
    'spec.clusterIPs[0]: Invalid value: "bad": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  ],
  [{ ports: [] }, "spec.ports: Required value"],
  [
    { type: "NodePort", ports: [{ port: 80, nodePort: 1 }] },
    "spec.ports[0].nodePort: Invalid value: 1: provided port is not in the valid range. The range of valid ports is 30000-32767",
  ],
  [
    { type: "NodePort", ports: [{ port: 80, nodePort: 30_303 }] },
    "spec.ports[0].nodePort: Invalid value: 30303: provided port is already allocated",
  ],
  [
    { ports: [{ port: 80, nodePort: 30_303 }] },
    "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
  ],
  [
    { externalTrafficPolicy: "Local" },
    'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
  ],
  [
    { type: "NodePort", clusterIP: "None" },
    `spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`,
  ],
  [
    { ipFamilyPolicy: "RequireDualStack" },
    'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
  ],
];

test("a Service cannot have what is taken or does not fit, and hears why", (t) => {
  const rig = kindRig(t);
  service(rig, "taken", { type: "NodePort", clusterIP: "10.96.3.4", ports: [{ port: 80, nodePort: 30_303 }] });
  for (const [spec, problem] of REFUSED) {
    const { code, message } = refusal(() => service(rig, "s", spec));
    assert.deepEqual([code, message], [422, `Service "s" is invalid: ${problem}`]);
  }
});

test("an update keeps the address and the ports that were allocated", (t) => {
  const rig = kindRig(t);
  const before = service(rig, "s", { type: "NodePort" });
  const { clusterIP: _ip, clusterIPs: _ips, ...rest } = before;
  const after = updated(rig, { ...rest, ports: [{ port: 81 }] });
  assert.equal(after["clusterIP"], before["clusterIP"]);
  assert.deepEqual(after["ports"], [
    { port: 81, protocol: "TCP", targetPort: 81, nodePort: (before["ports"] as { nodePort: number }[])[0]?.nodePort },
  ]);
});

test("the address of a Service does not change", (t) => {
  const rig = kindRig(t);
  const spec = service(rig, "s", {});
  assert.equal(
    refusal(() => updated(rig, { ...spec, clusterIP: "10.96.5.5", clusterIPs: ["10.96.5.5"] })).message,
    'Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.5.5"]: may not change once set',
  );
});

test("a Service that changes its type loses what it has no use for", (t) => {
  const rig = kindRig(t);
  const balanced = service(rig, "s", { type: "LoadBalancer", externalTrafficPolicy: "Local" });
  const inner = updated(rig, { ...balanced, type: "ClusterIP" });
  assert.deepEqual(inner, {
    type: "ClusterIP",
    clusterIP: balanced["clusterIP"],
    clusterIPs: balanced["clusterIPs"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
  });
  assert.deepEqual(updated(rig, { ...inner, type: "ExternalName", externalName: "a.b" }), {
    type: "ExternalName",
    externalName: "a.b",
    sessionAffinity: "None",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
  });
});

function service(rig: ClusterRig, name: string, spec: object): JsonRecord {
  return recordAt(created(rig, "services", { metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } }), "spec");
}

function updated(rig: ClusterRig, spec: object): JsonRecord {
  return recordAt(rig.user.update("services", { ...rig.read("services", "default/s"), spec }), "spec");
}
