import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { eventsSource, resourcesSource } from "#handler-api/type-source.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";

const PODS: ApiResource = {
  group: "",
  version: "v1",
  plural: "pods",
  singular: "pod",
  kind: "Pod",
  shortNames: ["po"],
  namespaced: true,
  verbs: ["list", "watch"],
};

function models(): ReadonlySet<string> {
  const folder = new URL("gen/models/", import.meta.resolve("@kubernetes/client-node"));
  return new Set(readdirSync(fileURLToPath(folder)).map((file) => file.replace(/\.d\.ts$/, "")));
}

function committed(file: string): string {
  return readFileSync(new URL(`../../runtime/handler-api/${file}`, import.meta.url), "utf8");
}

function entries(resources: readonly ApiResource[], known: readonly string[]): readonly string[] {
  return resourcesSource(resources, new Set(known)).match(/^ {2}.*: .*;$/gm) ?? [];
}

test("the committed types are what generate.ts writes", () => {
  assert.equal(committed("built-in-resources.generated.ts"), resourcesSource(builtInResources, models()));
  assert.equal(committed("built-in-events.generated.ts"), eventsSource(builtInResources, models()));
});

test("a resource has its plural, singular, short names and kind, alone and with its group", () => {
  const ingresses = {
    ...PODS,
    group: "networking.k8s.io",
    plural: "ingresses",
    singular: "ingress",
    kind: "Ingress",
    shortNames: ["ing"],
  };
  assert.deepEqual(entries([ingresses], ["V1Ingress"]), [
    "  ingresses: Wire<V1Ingress>;",
    "  ingress: Wire<V1Ingress>;",
    "  ing: Wire<V1Ingress>;",
    "  Ingress: Wire<V1Ingress>;",
    '  "ingresses.networking.k8s.io": Wire<V1Ingress>;',
    '  "ingress.networking.k8s.io": Wire<V1Ingress>;',
    '  "ing.networking.k8s.io": Wire<V1Ingress>;',
    '  "Ingress.networking.k8s.io": Wire<V1Ingress>;',
    '  "ingresses.v1.networking.k8s.io": Wire<V1Ingress>;',
  ]);
});

test("a cluster-scoped resource has no namespace", () => {
  const nodes = { ...PODS, plural: "nodes", singular: "node", kind: "Node", shortNames: [], namespaced: false };
  assert.equal(entries([nodes], ["V1Node"])[0], "  nodes: Wire<V1Node, false>;");
});

test("a name that two groups have belongs to the first", () => {
  const core = { ...PODS, plural: "events", singular: "event", kind: "Event", shortNames: ["ev"] };
  const later = { ...core, group: "events.k8s.io" };
  const found = entries([core, later], ["CoreV1Event", "EventsV1Event"]);
  assert.ok(found.includes("  events: Wire<CoreV1Event>;"));
  assert.ok(found.includes('  "events.events.k8s.io": Wire<EventsV1Event>;'));
});

test("a resource that cannot be watched, or has no model, has no types", () => {
  assert.deepEqual(entries([{ ...PODS, verbs: ["create"] }], ["V1Pod"]), []);
  assert.deepEqual(entries([PODS], []), []);
});

test("every kind has its named events", () => {
  const lines = eventsSource([PODS], new Set(["V1Pod"])).match(/^export .*$/gm);
  assert.deepEqual(lines, [
    'export type PodAdded = AddedEvent<Resources["pods"]>;',
    'export type PodUpdated = UpdatedEvent<Resources["pods"]>;',
    'export type PodDeleted = DeletedEvent<Resources["pods"]>;',
    'export type PodUnselected = UnselectedEvent<Resources["pods"]>;',
    'export type PodChanged = ChangedEvent<Resources["pods"]>;',
  ]);
});
