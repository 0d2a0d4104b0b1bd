import assert from "node:assert/strict";
import { test } from "node:test";
import { template } from "../workloads.ts";
import { selectsItsPods } from "#devcluster/simulation/workloads/workload-spec.ts";

test("an owner selects the pods of its template, or would make pods for ever", () => {
  const selects = (matchLabels: object): boolean =>
    selectsItsPods({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "x" },
      spec: { selector: { matchLabels }, template: template("i") },
    });
  assert.deepEqual(
    [selects({ app: "web" }), selects({ app: "api" }), selects({ app: "web", tier: "a" })],
    [true, false, false],
  );
});
