import assert from "node:assert/strict";
import { test } from "node:test";

import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";

function resolved(options: unknown, resource = "pods"): ResolvedOptions {
  const resolution = resolveOptions(resource, options);
  assert.ok(resolution.type === "ok", JSON.stringify(resolution));
  return resolution.options;
}

test("options that are left out get their defaults", () => {
  assert.deepEqual(resolved(undefined), {
    resource: "pods",
    events: ["added", "updated", "deleted"],
    namespaces: undefined,
    labelSelector: "",
    names: [],
    fieldSelector: "",
    pushDown: false,
    everything: false,
    changed: [],
    generationChanged: false,
    when: false,
    listers: {},
    indexes: {},
    allow: { kube: [], fetch: [], env: [] },
    timeoutMs: 30_000,
    memoryBytes: 67_108_864,
    concurrency: 8,
    retry: { attempts: 5, backoffMs: 1000, maxBackoffMs: 300_000 },
    resyncMs: undefined,
    initial: "deliver",
    engine: "vm2",
  });
});

test("every option is read in its own unit", () => {
  const options = {
    events: ["updated", "unselected"],
    namespaces: ["prod", "dev"],
    labelSelector: "tier in (web, api)",
    names: ["web-*", "api"],
    fieldSelector: "spec.nodeName=worker-1,status.phase!=Failed",
    pushDown: true,
    changed: ["spec.replicas", 'metadata.annotations["example.com/owner"]'],
    generationChanged: true,
    when: true,
    listers: { web: { resource: "pods", labelSelector: "app=web" } },
    indexes: { byNode: "spec.nodeName" },
    allow: {
      kube: ["create,patch events in prod", "patch deployments.apps/scale"],
      fetch: ["a.example"],
      env: ["TOKEN"],
    },
    timeout: "1m30s",
    memory: "1Gi",
    concurrency: 1,
    retry: { attempts: 2, backoff: "250ms", maxBackoff: 1000 },
    resync: "10m",
    initial: "skip",
    everything: true,
    engine: "vm2",
  };
  assert.deepEqual(resolved(options), {
    resource: "pods",
    events: ["updated", "unselected"],
    namespaces: ["dev", "prod"],
    labelSelector: "tier in (web, api)",
    names: ["web-*", "api"],
    fieldSelector: "spec.nodeName=worker-1,status.phase!=Failed",
    pushDown: true,
    everything: true,
    changed: ["spec.replicas", 'metadata.annotations["example.com/owner"]'],
    generationChanged: true,
    when: true,
    listers: { web: { resource: "pods", labelSelector: "app=web" } },
    indexes: { byNode: "spec.nodeName" },
    allow: {
      kube: [
        { verbs: ["create", "patch"], resource: "events", subresource: undefined, namespace: "prod" },
        { verbs: ["patch"], resource: "deployments.apps", subresource: "scale", namespace: undefined },
      ],
      fetch: [
        {
          text: "a.example",
          scheme: "https",
          host: "a.example",
          isWildcard: false,
          port: 443,
          opensPrivate: false,
        },
      ],
      env: ["TOKEN"],
    },
    timeoutMs: 90_000,
    memoryBytes: 2 ** 30,
    concurrency: 1,
    retry: { attempts: 2, backoffMs: 250, maxBackoffMs: 1000 },
    resyncMs: 600_000,
    initial: "skip",
    engine: "vm2",
  });
});

test("a list of listers names each cache after its resource", () => {
  assert.deepEqual(resolved({ listers: ["nodes", "deployments.apps"] }).listers, {
    nodes: { resource: "nodes", labelSelector: "" },
    "deployments.apps": { resource: "deployments.apps", labelSelector: "" },
  });
});

test("the events of the file's name hold unless the options name some", () => {
  const fromName = resolveOptions("pods", {}, { events: ["deleted"] });
  const fromOptions = resolveOptions("pods", { events: ["added"] }, { events: ["deleted"] });
  assert.deepEqual(fromName.type === "ok" && fromName.options.events, ["deleted"]);
  assert.deepEqual(fromOptions.type === "ok" && fromOptions.options.events, ["added"]);
});

test("the name is given beside the options", () => {
  const resolution = resolveOptions("pods", { name: "billing" });
  assert.equal(resolution.type === "ok" && resolution.name, "billing");
});
