import assert from "node:assert/strict";
import { test } from "node:test";
import { customKindsOf, isOfKind } from "#authoring/invoke/objects/object-kind.ts";
import { offlineCatalog } from "#authoring/invoke/offline/offline-catalog.ts";
import { DEPLOYMENTS, PODS } from "../../../support/api-resources.ts";
import { placed } from "../../../support/offline-objects.ts";

const V1 = { apiVersion: "example.com/v1" };
const { signal } = new AbortController();

test("an object is of a kind in any version of its group", () => {
  const deployment = placed("Deployment", { name: "a" }, {}, { apiVersion: "apps/v1beta1" });
  assert.ok(isOfKind(deployment, DEPLOYMENTS));
  assert.ok(!isOfKind(placed("Deployment", { name: "a" }), DEPLOYMENTS));
  assert.ok(!isOfKind(deployment, PODS));
});

test("a custom kind is known by its objects under its plural, whatever the ending of its kind", async () => {
  const kinds = { Widget: "widgets", Policy: "policies", Gateway: "gateways", Ingress: "ingresses", Mesh: "meshes" };
  for (const [kind, plural] of Object.entries(kinds)) {
    const catalog = offlineCatalog(customKindsOf([placed(kind, { name: "a" }, {}, V1)]));
    for (const name of [`${plural}.example.com`, `${kind}.example.com`, `${plural}.v1.example.com`]) {
      const resolution = await catalog.resolve(name, signal);
      assert.ok(resolution.type === "found", name);
      const { resource } = resolution;
      assert.deepEqual([resource.plural, resource.kind, resource.version], [plural, kind, "v1"], name);
    }
  }
});

test("a custom kind is in namespaces if one of its objects names one", () => {
  const namespacedOf = (...namespaces: readonly (string | undefined)[]): unknown =>
    customKindsOf(
      namespaces.map((namespace) => placed("Widget", { name: "a", ...(namespace && { namespace }) }, {}, V1)),
    ).map(({ namespaced }) => namespaced);
  assert.deepEqual(namespacedOf(undefined, undefined), [false]);
  assert.deepEqual(namespacedOf(undefined, "prod"), [true]);
});

test("Kubernetes' own kinds are no custom ones, those of groups with dots neither", () => {
  assert.deepEqual(
    customKindsOf([
      placed("Pod", { name: "a" }),
      placed("Ingress", { name: "a" }, {}, { apiVersion: "networking.k8s.io/v1" }),
    ]),
    [],
  );
});
