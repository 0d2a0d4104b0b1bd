import { sample, type Sample } from "./sample.ts";

const SELECTOR = { b: "2", a: "1" };
const BALANCED = { loadBalancer: { ingress: [{ ip: "5.6.7.8" }, { hostname: "b.example.com" }, { ip: "1.2.3.4" }] } };

function service(name: string, spec: object, status?: object): Sample {
  return sample("v1", "Service", name, { spec: { ports: [{ name: "http", port: 80 }], ...spec } }, status);
}

function slice(name: string, members: object): Sample {
  return sample("discovery.k8s.io/v1", "EndpointSlice", name, { addressType: "IPv4", ...members });
}

function ingress(name: string, spec: object, status?: object): Sample {
  return sample("networking.k8s.io/v1", "Ingress", name, { spec }, status);
}

function rule(host?: string): object {
  const backend = { service: { name: "web", port: { number: 80 } } };
  return { ...(host !== undefined && { host }), http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
}

const ADDRESSES = Array.from({ length: 4 }, (_, i) => ({ ip: `10.1.0.${i + 1}` }));

export const NETWORK: readonly Sample[] = [
  service("plain", { selector: SELECTOR }),
  service("headless", { clusterIP: "None" }),
  service("no-selector", {
    ports: [
      { name: "a", port: 80 },
      { name: "b", port: 53, protocol: "UDP" },
    ],
  }),
  service("external-ips", { externalIPs: ["9.9.9.9", "8.8.8.8"], selector: SELECTOR }),
  service("node-port", { type: "NodePort", ports: [{ port: 80, nodePort: 30_123 }] }),
  service("pending", { type: "LoadBalancer", ports: [{ port: 80, nodePort: 30_124 }] }),
  service("balanced", { type: "LoadBalancer", ports: [{ port: 80, nodePort: 30_125 }] }, BALANCED),
  service(
    "balanced-external",
    { type: "LoadBalancer", externalIPs: ["9.9.9.9"], ports: [{ port: 80, nodePort: 30_126 }] },
    BALANCED,
  ),
  service("named", { type: "ExternalName", externalName: "example.com", ports: undefined }),
  sample("v1", "Endpoints", "none", {}),
  sample("v1", "Endpoints", "some", {
    subsets: [
      {
        addresses: ADDRESSES.slice(0, 1),
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 81 },
        ],
      },
      { addresses: [{ ip: "fd00::1" }], ports: [{ port: 80 }] },
    ],
  }),
  sample("v1", "Endpoints", "many", {
    subsets: [
      {
        addresses: ADDRESSES,
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 81 },
        ],
      },
    ],
  }),
  sample("v1", "Endpoints", "no-ports", { subsets: [{ addresses: ADDRESSES }] }),
  sample("v1", "Endpoints", "not-ready", { subsets: [{ notReadyAddresses: ADDRESSES, ports: [{ port: 80 }] }] }),
  slice("empty", { endpoints: [], ports: [] }),
  slice("some", {
    endpoints: [{ addresses: ["10.1.0.1"] }, { addresses: ["10.1.0.2"] }],
    ports: [
      { name: "http", port: 80 },
      { name: "any", port: null },
    ],
  }),
  slice("many", {
    endpoints: ADDRESSES.map(({ ip }) => ({ addresses: [ip] })),
    ports: [80, 81, 82, 83].map((port) => ({ name: `p${port}`, port })),
  }),
  slice("all-ports", { endpoints: [{ addresses: ["10.1.0.1"] }], ports: [{ name: "", port: null }] }),
  ingress("plain", { rules: [rule()] }),
  ingress("three", {
    ingressClassName: "nginx",
    rules: [rule("a.example.com"), rule("b.example.com"), rule("c.example.com")],
  }),
  ingress(
    "many",
    {
      tls: [{ hosts: ["a.example.com"] }],
      rules: ["a", "b", "c", "d", "e"].map((name) => rule(`${name}.example.com`)),
    },
    BALANCED,
  ),
  ingress("some-without-host", { rules: [rule("a.example.com"), rule(), rule("b.example.com"), rule()] }),
  sample("networking.k8s.io/v1", "Ingress", "annotated", {
    metadata: { annotations: { "kubernetes.io/ingress.class": "old" } },
    spec: { rules: [rule()] },
  }),
  sample("networking.k8s.io/v1", "IngressClass", "plain", { spec: { controller: "example.com/c" } }),
  sample("networking.k8s.io/v1", "IngressClass", "parameters", {
    metadata: { annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
    spec: {
      controller: "example.com/c",
      parameters: { apiGroup: "example.com", kind: "Params", name: "p", scope: "Cluster" },
    },
  }),
  sample("networking.k8s.io/v1", "IngressClass", "core-parameters", {
    spec: {
      controller: "example.com/c",
      parameters: { kind: "ConfigMap", name: "p", scope: "Namespace", namespace: "n" },
    },
  }),
  sample("networking.k8s.io/v1", "NetworkPolicy", "all", { spec: { podSelector: {} } }),
  sample("networking.k8s.io/v1", "NetworkPolicy", "some", { spec: { podSelector: { matchLabels: SELECTOR } } }),
  // Of the lower addresses, which the server gives to no Service by itself while there are others.
  sample("networking.k8s.io/v1", "IPAddress", "10.0.0.5", {
    metadata: { labels: { "ipaddress.kubernetes.io/ip-family": "IPv4", "ipaddress.kubernetes.io/managed-by": "x" } },
    spec: { parentRef: { resource: "services", namespace: "default", name: "plain" } },
  }),
  sample("networking.k8s.io/v1", "IPAddress", "10.0.0.78", {
    spec: { parentRef: { group: "example.com", resource: "widgets", name: "w" } },
  }),
  sample("networking.k8s.io/v1", "ServiceCIDR", "extra", { spec: { cidrs: ["10.9.0.0/24"] } }),
];
