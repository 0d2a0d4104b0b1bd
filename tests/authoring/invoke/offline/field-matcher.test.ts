import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldMatcher } from "#authoring/invoke/offline/field-matcher.ts";
import { offlineObject, placed } from "../../../support/offline-objects.ts";

const POD = offlineObject(
  placed("Pod", { name: "a" }, { spec: { nodeName: "one", hostNetwork: true, containers: [] }, status: {} }),
);

test("a field selector is matched against the fields of an object, all of its terms", () => {
  for (const [selector, isMatch] of [
    ["", true],
    ["spec.nodeName=one", true],
    ["spec.nodeName==one,metadata.name=a", true],
    ["spec.nodeName=one,metadata.name=b", false],
    ["spec.nodeName!=two", true],
    ["spec.nodeName!=one", false],
    ["spec.hostNetwork=true", true],
    ["metadata.namespace=default", true],
    ["spec.containers=", false],
  ] as const)
    assert.equal(fieldMatcher(selector)(POD), isMatch, selector);
});

test("a field that is absent counts as what the API server takes it for", () => {
  for (const value of ["", "0", "false"]) assert.ok(fieldMatcher(`spec.unschedulable=${value}`)(POD), value);
  assert.ok(!fieldMatcher("status.phase=Running")(POD));
  assert.ok(fieldMatcher("status.phase!=Running")(POD));
});
