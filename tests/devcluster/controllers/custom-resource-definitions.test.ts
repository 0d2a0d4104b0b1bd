import assert from "node:assert/strict";
import { test } from "node:test";
import { withMetadata } from "#devcluster/api-object.ts";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { recordAt } from "#devcluster/record-at.ts";
import { refusal } from "../kinds/kind-rig.ts";
import { clusterRig, type ClusterRig } from "../cluster-rig.ts";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
const SCHEMA = { openAPIV3Schema: { type: "object" } };
const WIDGETS = "widgets.example.com";

test("a definition is established at once, and its resources are served", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  assert.equal(recordAt(rig.read(DEFINITIONS, WIDGETS), "status")["conditions"], null);
  await rig.clock.advance(1);
  assert.deepEqual(conditions(rig, WIDGETS), [
    "NamesAccepted=True NoConflicts",
    "Established=True InitialNamesAccepted",
  ]);
  assert.deepEqual(recordAt(rig.read(DEFINITIONS, WIDGETS), "status")["acceptedNames"], {
    plural: "widgets",
    singular: "widget",
    kind: "Widget",
    listKind: "WidgetList",
  });
  assert.ok(rig.user.create(WIDGETS, widget("w")));
});

test("a deleted definition takes its objects along, and watchers see them go", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  await rig.clock.advance(1);
  rig.user.create(WIDGETS, widget("w"));
  rig.user.delete(DEFINITIONS, rig.read(DEFINITIONS, WIDGETS));
  assert.deepEqual(conditions(rig, WIDGETS).slice(-1), ["Terminating=True InstanceDeletionPending"]);
  await rig.clock.advance(1);
  assert.deepEqual(rig.events(WIDGETS, DEFINITIONS).slice(-2), [
    `DELETED ${WIDGETS} default/w`,
    `DELETED ${DEFINITIONS} ${WIDGETS}`,
  ]);
  assert.throws(() => rig.user.create(WIDGETS, widget("w")), /the server could not find the requested resource/);
});

test("a deleted definition waits for objects with finalizers, and takes no new ones meanwhile", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  await rig.clock.advance(1);
  rig.user.create(WIDGETS, widget("w", { finalizers: ["example.com/f"] }));
  rig.user.delete(DEFINITIONS, rig.read(DEFINITIONS, WIDGETS));
  await rig.clock.advance(1_000);
  assert.deepEqual(conditions(rig, WIDGETS).slice(-1), ["Terminating=True InstanceDeletionInProgress"]);
  assert.equal(
    refusal(() => rig.user.create(WIDGETS, widget("w2"))).message,
    'widgets.example.com "w2" is forbidden: create not allowed while custom resource definition is terminating',
  );
  rig.user.update(WIDGETS, withMetadata(rig.read(WIDGETS, "default/w"), { finalizers: undefined }));
  await rig.clock.advance(1);
  assert.deepEqual(rig.names(DEFINITIONS), []);
});

test("a kind that another definition has is not accepted until that one has gone", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  await rig.clock.advance(1);
  rig.user.create(DEFINITIONS, definition("gadgets", "Widget"));
  await rig.clock.advance(1);
  assert.deepEqual(conditions(rig, "gadgets.example.com"), [
    "NamesAccepted=False ListKindConflict",
    "Established=False NotAccepted",
  ]);
  assert.equal(
    rig.registry.all().some(({ plural }) => plural === "gadgets"),
    false,
  );
  rig.user.delete(DEFINITIONS, rig.read(DEFINITIONS, WIDGETS));
  await rig.clock.advance(10);
  assert.equal(
    rig.registry.all().some(({ plural }) => plural === "gadgets"),
    true,
  );
});

test("a new version of a definition is served at once", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  await rig.clock.advance(1);
  const before = rig.read(DEFINITIONS, WIDGETS);
  const versions = [
    { name: "v1", served: true, storage: false, schema: SCHEMA },
    { name: "v2", served: true, storage: true, schema: SCHEMA },
  ];
  rig.user.update(DEFINITIONS, { ...before, spec: { ...recordAt(before, "spec"), versions } });
  await rig.clock.advance(1);
  const served = rig.registry.all().filter(({ plural }) => plural === "widgets");
  assert.deepEqual(
    served.map(({ version }) => version),
    ["v2", "v1"],
  );
  assert.deepEqual(recordAt(rig.read(DEFINITIONS, WIDGETS), "status")["storedVersions"], ["v1", "v2"]);
});

test("what a definition is about does not change", async (t) => {
  const rig = clusterRig(t);
  rig.user.create(DEFINITIONS, definition("widgets", "Widget"));
  await rig.clock.advance(1);
  const before = rig.read(DEFINITIONS, WIDGETS);
  const spec = { ...recordAt(before, "spec"), scope: "Cluster", group: "a.b", names: { plural: "zz", kind: "Z" } };
  assert.equal(
    refusal(() => rig.user.update(DEFINITIONS, { ...before, spec })).message,
    'CustomResourceDefinition.apiextensions.k8s.io "widgets.example.com" is invalid: [' +
      'spec.scope: Invalid value: "Cluster": field is immutable, spec.names.kind: Invalid value: "Z": field is immutable, ' +
      'spec.group: Invalid value: "a.b": field is immutable, spec.names.plural: Invalid value: "zz": field is immutable]',
  );
});

function definition(plural: string, kind: string): NewObject {
  const versions = [{ name: "v1", served: true, storage: true, schema: SCHEMA }];
  return {
    metadata: { name: `${plural}.example.com` },
    spec: { group: "example.com", scope: "Namespaced", names: { plural, kind }, versions },
  };
}

function widget(name: string, metadata: object = {}): NewObject {
  return { metadata: { namespace: "default", name, ...metadata } };
}

function conditions(rig: ClusterRig, name: string): readonly string[] {
  const all = recordAt(rig.read(DEFINITIONS, name), "status")["conditions"] as Record<string, string>[];
  return all.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
}
