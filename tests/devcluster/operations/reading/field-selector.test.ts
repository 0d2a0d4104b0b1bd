import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { parseFieldSelector } from "#devcluster/operations/reading/field-selector.ts";
import { ApiOperationsRig, statusOf } from "../../../support/api-operations-rig.ts";

const rig = new ApiOperationsRig();

/** As kube-apiserver 1.37.2 answers them: resource, selector, message. */
const REFUSALS: readonly (readonly [string, string, string])[] = [
  ["configmaps", "data.x=1", `"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"`],
  ["configmaps", "=a", `"" is not a known field selector: only "metadata.name", "metadata.namespace"`],
  ["configmaps", "data.x", "invalid selector: 'data.x'; can't understand 'data.x'"],
  ["configmaps", "metadata.name=a=b", "invalid field selector: unescaped character in value: 61"],
  ["configmaps", "metadata.name=a\\x", "invalid field selector: invalid escape sequence: \\x"],
  ["namespaces", "metadata.namespace=", "field label not supported: metadata.namespace"],
  ["pods", "data.x=1", "field label not supported: data.x"],
];

for (const [resource, text, message] of REFUSALS) {
  test(`the field selector ${JSON.stringify(text)} of ${resource} is refused in the server's words`, () => {
    const status = statusOf(() => parseFieldSelector(text, rig.resource(resource)));
    assert.deepEqual([status.code, status.reason, status.message], [400, "BadRequest", message]);
  });
}

const CASES: readonly (readonly [string, string, JsonRecord, boolean])[] = [
  ["pods", "", {}, true],
  ["pods", "metadata.name=a", {}, true],
  ["pods", "metadata.name==a,,metadata.namespace!=x", {}, true],
  ["pods", "metadata.name!=a", {}, false],
  ["pods", "metadata.name=", {}, false],
  ["pods", "spec.nodeName=n", { spec: { nodeName: "n" } }, true],
  ["pods", "spec.nodeName=", {}, true],
  ["pods", "status.phase!=Running", { status: { phase: "Running" } }, false],
  ["pods", "spec.hostNetwork=false", {}, true],
  ["pods", "status.podIP=10.0.0.1", { status: { podIPs: [{ ip: "10.0.0.1" }, { ip: "fd00::1" }] } }, true],
  ["nodes", "spec.unschedulable=false", {}, true],
  ["nodes", "spec.unschedulable=true", { spec: { unschedulable: true } }, true],
  ["secrets", "type=Opaque", { type: "Opaque" }, true],
  ["secrets", "type=a\\,b\\=c\\\\", { type: "a,b=c\\" }, true],
  ["jobs.batch", "status.successful=0", {}, true],
  ["jobs.batch", "status.successful=2", { status: { succeeded: 2 } }, true],
  ["events", "involvedObject.kind=Pod,reason=x", { involvedObject: { kind: "Pod" }, reason: "x" }, true],
  ["events", "source=kubelet", { source: { component: "kubelet" } }, true],
  ["events.events.k8s.io", "regarding.name=p", { involvedObject: { name: "p" } }, true],
];

for (const [resource, text, members, isSelected] of CASES) {
  test(`the field selector "${text}" of ${resource} ${isSelected ? "takes" : "leaves out"} ${JSON.stringify(members)}`, () => {
    const object = { apiVersion: "v1", kind: "X", metadata: { name: "a", namespace: "default" }, ...members };
    assert.equal(parseFieldSelector(text, rig.resource(resource)).matches(object), isSelected);
  });
}
