import assert from "node:assert/strict";
import { test } from "node:test";
import { runReconciler, type Reconciler } from "#devcluster/controllers/reconciling/run-reconciler.ts";
import { StatusError } from "#devcluster/api-status.ts";
import { clusterRig, configMap, type ClusterRig } from "../../cluster-rig.ts";

test("a reconciler hears what exists, then what changes", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  rig.user.create("configmaps", configMap("n/before"));
  const keys = run(rig, () => undefined);
  await rig.clock.advance(1);
  rig.user.create("configmaps", configMap("n/after"));
  rig.user.create("secrets", configMap("n/other"));
  await rig.clock.advance(1);
  assert.deepEqual(keys, ["before", "after"]);
});

test("a problem is reported, and what was meant is tried again", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  const error = new Error("no");
  let failures = 2;
  const keys = run(rig, () => {
    if (failures-- > 0) throw error;
    return undefined;
  });
  rig.user.create("configmaps", configMap("n/a"));
  await rig.clock.advance(1_000);
  assert.deepEqual(keys, ["a", "a", "a"]);
  const problem = { controller: "test", key: "a", error };
  assert.deepEqual(rig.problems.splice(0), [problem, problem]);
});

test("a problem that stays is given up until the next change", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  const keys = run(rig, () => {
    throw new Error("no");
  });
  const created = rig.user.create("configmaps", configMap("n/a"));
  assert.ok(created);
  await rig.clock.advance(600_000);
  assert.equal(keys.length, 8);
  rig.user.update("configmaps", { ...created, data: { a: "b" } });
  await rig.clock.advance(600_000);
  assert.equal(keys.length, 16);
  assert.equal(rig.problems.splice(0).length, 16);
});

test("a conflict is tried again, and nobody is told", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  let conflicts = 1;
  const keys = run(rig, () => {
    if (conflicts-- > 0) throw new StatusError(409, "Conflict", "somebody was faster");
    return undefined;
  });
  rig.user.create("configmaps", configMap("n/a"));
  await rig.clock.advance(1_000);
  assert.deepEqual(keys, ["a", "a"]);
});

test("a refusal of what people ask for is tried again, and nobody is told", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  let refusals = 1;
  const keys = run(
    rig,
    () => {
      if (refusals-- > 0) throw new StatusError(403, "Forbidden", "no such class");
      return undefined;
    },
    { mayBeRefused: true },
  );
  rig.user.create("configmaps", configMap("n/a"));
  await rig.clock.advance(1_000);
  assert.deepEqual(keys, ["a", "a"]);
});

test("a reconciler that has been stopped hears nothing", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  const stop = new AbortController();
  const keys = run(rig, () => undefined, { signal: stop.signal });
  rig.user.create("configmaps", configMap("n/a"));
  stop.abort();
  rig.user.create("configmaps", configMap("n/b"));
  await rig.clock.advance(1_000);
  assert.deepEqual(keys, []);
});

interface RunOptions {
  readonly mayBeRefused?: boolean;
  readonly signal?: AbortSignal;
}

function run(
  rig: ClusterRig,
  reconcile: Reconciler["reconcile"],
  { mayBeRefused = false, signal = rig.signal }: RunOptions = {},
): readonly string[] {
  const keys: string[] = [];
  runReconciler(
    { ...rig, client: rig.user },
    {
      name: "test",
      watches: ["configmaps"],
      mayBeRefused,
      keysOf: ({ object }) => [object.metadata.name],
      reconcile(key) {
        keys.push(key);
        return reconcile(key);
      },
    },
    signal,
  );
  return keys;
}
