import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import { apiResource } from "../support/cluster-builders.ts";

const custom = (plural: string, kind: string, group: string, version = "v1"): ApiResource =>
  apiResource(plural, kind, { group, version });

const resources: readonly ApiResource[] = [
  ...builtInResources,
  custom("certificates", "Certificate", "cert-manager.io"),
  custom("certificates", "Certificate", "cert-manager.io", "v1alpha2"),
  custom("widgets", "Widget", "a.example.com"),
  custom("widgets", "Widget", "b.example.com"),
  custom("services", "Service", "serving.knative.dev"),
];

function resolve(name: string): string {
  const resolution = resolveResourceName(name, resources);
  if (resolution.type === "ambiguous") return `ambiguous: ${resolution.candidates.join(", ")}`;
  if (resolution.type === "unknown") return `unknown: ${resolution.nearest.join(", ")}`;
  const { group, version, plural } = resolution.resource;
  return [plural, version, group].filter((part) => part !== "").join(".");
}

for (const [name, resource] of [
  ["po", "pods.v1"],
  ["pods", "pods.v1"],
  ["pod", "pods.v1"],
  ["Pod", "pods.v1"],
  ["PODS", "pods.v1"],
  ["pods.v1.", "pods.v1"],
  ["Deployment", "deployments.v1.apps"],
  ["deploy", "deployments.v1.apps"],
  ["deployments.apps", "deployments.v1.apps"],
  ["deployments.v1.apps", "deployments.v1.apps"],
  ["Deployment.apps", "deployments.v1.apps"],
  ["ingresses.networking", "ingresses.v1.networking.k8s.io"],
  ["hpa", "horizontalpodautoscalers.v2.autoscaling"],
  ["horizontalpodautoscalers.v1.autoscaling", "horizontalpodautoscalers.v1.autoscaling"],
  ["certificates", "certificates.v1.cert-manager.io"],
  ["certificates.cert-manager.io", "certificates.v1.cert-manager.io"],
  ["certificates.v1.cert-manager.io", "certificates.v1.cert-manager.io"],
  ["certificates.v1alpha2.cert-manager.io", "certificates.v1alpha2.cert-manager.io"],
  ["endpoints", "endpoints.v1"],
  ["customresourcedefinition", "customresourcedefinitions.v1.apiextensions.k8s.io"],
  ["crd", "customresourcedefinitions.v1.apiextensions.k8s.io"],
] as const) {
  test(`"${name}" is ${resource}`, () => assert.equal(resolve(name), resource));
}

test("events without a group are the core group's, as for kubectl", () => {
  assert.equal(resolve("events"), "events.v1");
  assert.equal(resolve("events.events.k8s.io"), "events.v1.events.k8s.io");
});

test("a kind of Kubernetes' own wins over a custom one of the same name", () => {
  assert.equal(resolve("services"), "services.v1");
  assert.equal(resolve("services.serving.knative.dev"), "services.v1.serving.knative.dev");
});

test("a name that two custom groups share is ambiguous, and the group decides", () => {
  assert.equal(resolve("widgets"), "ambiguous: widgets.a.example.com, widgets.b.example.com");
  assert.equal(resolve("widgets.b.example.com"), "widgets.v1.b.example.com");
});

for (const [name, nearest] of [
  ["pdos", "pods"],
  ["deployment.extensions", "deployments.apps"],
  ["configmap", undefined],
  ["confgmaps", "configmaps"],
  ["certificate.cert-manager", undefined],
  ["certificats", "certificates.cert-manager.io"],
  ["statefulset.v2.apps", "statefulsets.apps"],
] as const) {
  const outcome = nearest === undefined ? "is known" : `is unknown and near to ${nearest}`;
  test(`"${name}" ${outcome}`, () => {
    if (nearest === undefined) assert.doesNotMatch(resolve(name), /^unknown/);
    else assert.equal(resolve(name).split(",")[0], `unknown: ${nearest}`);
  });
}

test("a name that resembles nothing has no neighbours", () => {
  assert.equal(resolve("unicorns"), "unknown: ");
});
