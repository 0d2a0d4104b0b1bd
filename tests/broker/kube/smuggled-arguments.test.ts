/** Whatever else a handler puts into the arguments of a call does not reach the API server. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { broker } from "../../support/brokered-handler.ts";
import { call, EVERYTHING } from "../../support/kube-calls.ts";

suite("what a handler adds to the arguments", () => {
  const TRICKS = {
    subresource: "exec",
    fieldManager: "kubectl",
    force: true,
    dryRun: "All",
    signal: null,
    watch: true,
    fieldSelector: "a=b",
    continue: "x",
    resourceVersion: "0",
    resource: { plural: "secrets" },
    verb: "get",
  };
  const target = { method: "get", resource: "pods", namespace: "prod", name: "a" };

  for (const [method, args, sent] of [
    ["get", ["pods", { name: "a", ...TRICKS }, TRICKS], target],
    ["delete", ["pods", { name: "a", ...TRICKS }, TRICKS], { ...target, method: "delete" }],
    ["evict", ["pods", { name: "a", ...TRICKS }, TRICKS], { ...target, method: "evict" }],
    [
      "patch",
      ["pods", { name: "a", ...TRICKS }, { x: 1 }, { type: "merge", ...TRICKS }],
      { ...target, method: "patch", patch: { x: 1 }, type: "merge" },
    ],
    ["list", ["pods", TRICKS, TRICKS], { method: "list", resource: "pods", namespace: "prod" }],
    [
      "list",
      ["pods", { labelSelector: "a=b&watch=1#", limit: 1 }],
      { method: "list", resource: "pods", namespace: "prod", labelSelector: "a=b&watch=1#", limit: 1 },
    ],
  ] as const) {
    test(`changes nothing of what kube.${method} sends: ${Object.keys(sent).join(", ")}`, async () => {
      const handler = broker(EVERYTHING);
      await call(handler, method, ...args);
      assert.deepEqual(handler.objects.sent, [sent]);
    });
  }

  test("under the key __proto__ gives no namespace", async () => {
    const handler = broker(EVERYTHING);
    const object: unknown = JSON.parse(
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","__proto__":{"namespace":"kube-system"}},"__proto__":{"kind":"Secret"}}`,
    );
    await call(handler, "create", object);
    const [sent] = handler.objects.sent;
    assert.deepEqual([sent?.["resource"], sent?.["namespace"]], ["pods", "prod"]);
  });
});
