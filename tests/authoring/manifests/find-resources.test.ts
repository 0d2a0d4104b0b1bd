import assert from "node:assert/strict";
import { test } from "node:test";
import { type AskedCluster, findResources } from "#authoring/manifests/find-resources.ts";
import type { KindScope } from "#config/manifests-config.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { apiResource } from "../../support/cluster-builders.ts";
import { status } from "../../support/scripted-list-watch.ts";

const CERTIFICATES: KindScope = { plural: "certificates", group: "cert-manager.io", namespaced: true };
const POLICIES: KindScope = { plural: "policies", group: "example.com", namespaced: false };
const { signal } = new AbortController();

async function found(
  name: string,
  scopes: readonly KindScope[] = [],
  defined?: readonly ApiResource[],
): Promise<string> {
  const result = await findResources([{ name, handler: "h" }], { type: "told", defined, scopes }, signal);
  if (result.type === "failed") return result.message;
  const resource = result.resources.get(name);
  return resource
    ? `${resource.plural}/${resource.group}/${resource.namespaced ? "namespaced" : "cluster"}`
    : "nothing";
}

test("Kubernetes' own kinds need no cluster, by any name that kubectl takes", async () => {
  for (const name of ["deployments.apps", "deploy", "Deployment.v1.apps"])
    assert.equal(await found(name), "deployments/apps/namespaced");
  assert.equal(await found("no"), "nodes//cluster");
});

test("a kind whose scope is told is found by plural or singular, with a version or without", async () => {
  for (const name of [
    "certificates.cert-manager.io",
    "certificate.cert-manager.io",
    "certificates.v1.cert-manager.io",
    "certificates",
  ])
    assert.equal(await found(name, [CERTIFICATES]), "certificates/cert-manager.io/namespaced");
  assert.equal(await found("Policy.v1alpha1.example.com", [POLICIES]), "policies/example.com/cluster");
});

test("a kind that nobody knows is refused with the handler, the nearest names and what to say", async () => {
  assert.equal(
    await found("podz"),
    'Cannot make the rights of handler "h": "podz" is no kind of Kubernetes itself (nearest: "pods"). ' +
      "Give its definition with --crds, " +
      "say in which scope it is with --scope podzs.example.com=Namespaced (or =Cluster), " +
      "or name a cluster that has it with --kubeconfig or --context.",
  );
});

const GATEWAYS = apiResource("gateways", "Gateway", {
  group: "example.com",
  shortNames: ["gtw"],
  version: "v1beta1",
  namespaced: false,
});

test("a kind that is defined is found by every name that kubectl takes", async () => {
  for (const name of ["gateways.example.com", "Gateway.example.com", "gtw", "gateway.v1beta1.example.com"])
    assert.equal(await found(name, [], [GATEWAYS]), "gateways/example.com/cluster");
});

test("a version that a definition does not serve is unknown, unless the kind's scope is told", async () => {
  const name = "gateways.v2.example.com";
  assert.equal(
    await found(name, [], [GATEWAYS]),
    'Cannot make the rights of handler "h": "gateways.v2.example.com" is no kind of Kubernetes itself, and none that ' +
      '--crds defines (nearest: "gateways.example.com"). Give its definition with --crds, ' +
      "say in which scope it is with --scope gateways.example.com=Namespaced (or =Cluster), " +
      "or name a cluster that has it with --kubeconfig or --context.",
  );
  const scope: KindScope = { plural: "gateways", group: "example.com", namespaced: false };
  assert.equal(await found(name, [scope], [GATEWAYS]), "gateways/example.com/cluster");
});

test("two custom kinds of one name are not guessed between", async () => {
  assert.equal(
    await found("certificates", [CERTIFICATES, { ...CERTIFICATES, group: "certs.example.com" }]),
    'Cannot make the rights of handler "h": "certificates" could be "certificates.cert-manager.io" or ' +
      '"certificates.certs.example.com". Write one of these in the handler.',
  );
});

const answering = (resolution: Resolution): AskedCluster => ({
  type: "cluster",
  server: "https://api.test",
  catalog: { resolve: () => Promise.resolve(resolution) },
});

test("a cluster that is named answers for every kind", async () => {
  const named = [{ name: "widgets", handler: "h" }];
  const widgets = apiResource("widgets", "Widget");
  const result = await findResources(named, answering({ type: "found", resource: widgets }), signal);
  assert.deepEqual(result, { type: "found", resources: new Map([["widgets", widgets]]) });
  const unknown = await findResources(named, answering({ type: "unknown", nearest: [] }), signal);
  assert.ok(unknown.type === "failed");
  assert.equal(
    unknown.message,
    'Cannot make the rights of handler "h": the cluster has no kind "widgets". Create its definition first.',
  );
  const failure = status(403, "Forbidden");
  const failed = await findResources(named, answering({ type: "failed", failure }), signal);
  assert.ok(failed.type === "failed");
  assert.match(failed.message, /^Cannot look "widgets" up: .*403/);
});
