import assert from "node:assert/strict";
import { test } from "node:test";
import { findResources } from "#authoring/manifests/find-resources.ts";
import type { KindScope } from "#config/manifests-config.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import { apiResource } from "../../support/cluster-builders.ts";
import { status } from "../../support/scripted-list-watch.ts";

const CERTIFICATES: KindScope = { plural: "certificates", group: "cert-manager.io", namespaced: true };
const POLICIES: KindScope = { plural: "policies", group: "example.com", namespaced: false };
const { signal } = new AbortController();

async function found(name: string, scopes: readonly KindScope[] = []): Promise<string> {
  const result = await findResources([{ name, handler: "h" }], scopes, undefined, signal);
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
      "Say in which scope it is with --scope podzs.example.com=Namespaced (or =Cluster), " +
      "or name a cluster that has it with --kubeconfig or --context.",
  );
});

test("two custom kinds of one name are not guessed between", async () => {
  assert.equal(
    await found("certificates", [CERTIFICATES, { ...CERTIFICATES, group: "certs.example.com" }]),
    'Cannot make the rights of handler "h": "certificates" could be "certificates.cert-manager.io" or ' +
      '"certificates.certs.example.com". Write one of these in the handler.',
  );
});

const answering = (resolution: Resolution) => ({
  server: "https://api.test",
  catalog: { resolve: () => Promise.resolve(resolution) },
});

test("a cluster that is named answers for every kind", async () => {
  const named = [{ name: "widgets", handler: "h" }];
  const widgets = apiResource("widgets", "Widget");
  const result = await findResources(named, [], answering({ type: "found", resource: widgets }), signal);
  assert.deepEqual(result, { type: "found", resources: new Map([["widgets", widgets]]) });
  const unknown = await findResources(named, [], answering({ type: "unknown", nearest: [] }), signal);
  assert.ok(unknown.type === "failed");
  assert.equal(
    unknown.message,
    'Cannot make the rights of handler "h": the cluster has no kind "widgets". Create its definition first.',
  );
  const failure = status(403, "Forbidden");
  const failed = await findResources(named, [], answering({ type: "failed", failure }), signal);
  assert.ok(failed.type === "failed");
  assert.match(failed.message, /^Cannot look "widgets" up: .*403/);
});
