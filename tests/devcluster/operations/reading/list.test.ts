import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListOptions, ObjectList } from "#devcluster/operations/api-operations.ts";
import { ApiOperationsRig, listOptions, statusOf } from "../../../support/api-operations-rig.ts";

test("a list is of now and says which revision that is", () => {
  const rig = withConfigMaps("a", "b");
  const found = list(rig);
  assert.deepEqual(names(found), ["a", "b"]);
  assert.equal(found.resourceVersion, String(rig.store.revision));
  assert.equal(found.continueToken, undefined);
});

test("a list without a namespace is of all of them", () => {
  const rig = withConfigMaps("a");
  rig.create("configmaps", { name: "b", namespace: "other" });
  const found = rig.operations.list(rig.target("configmaps", "", { namespace: "" }), listOptions());
  assert.deepEqual(names(found), ["a", "b"]);
});

test("selectors narrow a list", () => {
  const rig = withConfigMaps("a");
  rig.create("configmaps", { name: "b", labels: { app: "web" } });
  assert.deepEqual(names(list(rig, { labelSelector: "app" })), ["b"]);
  assert.deepEqual(names(list(rig, { fieldSelector: "metadata.name!=b" })), ["a"]);
});

for (const options of [{ resourceVersion: "0" }, { resourceVersion: "1" }, { resourceVersionMatch: "NotOlderThan" }]) {
  test(`a list with ${JSON.stringify(options)} is of now`, () => {
    const rig = withConfigMaps("a", "b");
    const found = list(rig, { resourceVersion: "1", ...options });
    assert.equal(found.resourceVersion, String(rig.store.revision));
    assert.equal(found.items.length, 2);
  });
}

test("an exact list is of the revision that it names", () => {
  const rig = withConfigMaps("a", "b");
  const resourceVersion = String(rig.store.revision);
  rig.create("configmaps", { name: "c" });
  const found = list(rig, { resourceVersion, resourceVersionMatch: "Exact" });
  assert.deepEqual(names(found), ["a", "b"]);
  assert.equal(found.resourceVersion, resourceVersion);
});

test("a limited list of a revision is exact, unless it asks for something not older", () => {
  const rig = withConfigMaps("a", "b");
  const resourceVersion = String(rig.store.revision - 1);
  assert.deepEqual(names(list(rig, { resourceVersion, limit: 5 })), ["a"]);
  assert.deepEqual(names(list(rig, { resourceVersion, limit: 5, resourceVersionMatch: "NotOlderThan" })), ["a", "b"]);
});

test("a list of revision 0 is in one piece, whatever its limit", () => {
  const rig = withConfigMaps("a", "b", "c");
  const found = list(rig, { resourceVersion: "0", limit: 1 });
  assert.deepEqual([found.items.length, found.continueToken], [3, undefined]);
});

test("a stale server answers revision 0 with what was, and everything else with what is", () => {
  const rig = new ApiOperationsRig({ imperfections: { staleRevisions: 1 } });
  for (const name of ["a", "b"]) rig.create("configmaps", { name });
  assert.deepEqual(names(list(rig, { resourceVersion: "0" })), ["a"]);
  assert.equal(list(rig, { resourceVersion: "0" }).resourceVersion, String(rig.store.revision - 1));
  assert.deepEqual(names(list(rig)), ["a", "b"]);
});

test("pages are of the first page's revision", () => {
  const rig = withConfigMaps("a", "b", "c", "d", "e");
  const first = list(rig, { limit: 2 });
  rig.create("configmaps", { name: "bb" });
  rig.operations.delete(rig.target("configmaps", "d"), {
    dryRun: false,
    gracePeriodSeconds: undefined,
    propagationPolicy: undefined,
    preconditions: {},
  });
  const second = list(rig, { limit: 2, continueToken: first.continueToken ?? "" });
  const third = list(rig, { limit: 2, continueToken: second.continueToken ?? "" });
  assert.deepEqual([first, second, third].map(names), [["a", "b"], ["c", "d"], ["e"]]);
  assert.deepEqual(
    [first, second, third].map(({ remainingItemCount }) => remainingItemCount),
    [3, 1, undefined],
  );
  assert.equal(second.resourceVersion, first.resourceVersion);
  assert.equal(third.continueToken, undefined);
});

test("pages go on across namespaces", () => {
  const rig = withConfigMaps("a", "b");
  rig.create("configmaps", { name: "a", namespace: "other" });
  const target = rig.target("configmaps", "", { namespace: "" });
  const first = rig.operations.list(target, listOptions({ limit: 2 }));
  const second = rig.operations.list(target, listOptions({ limit: 2, continueToken: first.continueToken ?? "" }));
  assert.deepEqual(
    second.items.map(({ metadata }) => metadata.namespace),
    ["other"],
  );
});

test("what remains of a selected list is not counted", () => {
  const rig = withConfigMaps("a", "b", "c");
  const found = list(rig, { limit: 1, labelSelector: "!x" });
  assert.equal(found.remainingItemCount, undefined);
  assert.notEqual(found.continueToken, undefined);
});

test("the page after a compaction is refused with a token for the inconsistent rest", () => {
  const rig = withConfigMaps("a", "b", "c");
  const { continueToken = "" } = list(rig, { limit: 1 });
  rig.create("configmaps", { name: "bb" });
  rig.store.compact();
  const status = statusOf(() => list(rig, { limit: 5, continueToken }));
  assert.deepEqual([status.code, status.reason], [410, "Expired"]);
  assert.match(
    status.message ?? "",
    /^The provided continue parameter is too old to display a consistent list result\./,
  );
  const rest = list(rig, { limit: 5, continueToken: String(status.metadata["continue"]) });
  assert.deepEqual(names(rest), ["b", "bb", "c"]);
  assert.equal(rest.resourceVersion, String(rig.store.revision));
});

test("an exact list of a compacted revision has expired", () => {
  const rig = withConfigMaps("a", "b");
  rig.store.compact();
  const resourceVersion = String(rig.store.revision - 1);
  const status = statusOf(() => list(rig, { resourceVersion, resourceVersionMatch: "Exact" }));
  const message = "The resourceVersion for the provided list is too old.";
  assert.deepEqual([status.code, status.reason, status.message], [410, "Expired", message]);
});

test("a list of a revision that is still to come times out", () => {
  const rig = withConfigMaps("a");
  const status = statusOf(() => list(rig, { resourceVersion: "99999" }));
  assert.deepEqual(status, {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `Timeout: Too large resource version: 99999, current: ${rig.store.revision}`,
    reason: "Timeout",
    details: {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    },
    code: 504,
  });
});

const CONTINUED = { continueToken: "e30" };

/** As kube-apiserver 1.37.2 answers them. */
const REFUSALS: readonly (readonly [Partial<ListOptions>, number, string])[] = [
  [
    { resourceVersion: "abc" },
    400,
    `invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax`,
  ],
  [{ ...CONTINUED, resourceVersion: "5" }, 400, "specifying resource version is not allowed when using continue"],
  [
    tokenOf({ v: "v9", rv: 5, start: "a" }),
    400,
    "invalid continue token: continue key is not valid: server does not recognize this encoded version v9",
  ],
  [
    tokenOf({ v: "meta.k8s.io/v1", rv: 0, start: "a" }),
    400,
    "invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
  ],
  [
    tokenOf({ v: "meta.k8s.io/v1", rv: 5 }),
    400,
    "invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)",
  ],
  [{ labelSelector: "a b" }, 400, "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
];

for (const [options, code, message] of REFUSALS) {
  test(`a list with ${JSON.stringify(options)} is refused in the server's words`, () => {
    const status = statusOf(() => list(withConfigMaps("a"), options));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

function withConfigMaps(...configMaps: readonly string[]): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  for (const name of configMaps) rig.create("configmaps", { name });
  return rig;
}

function list(rig: ApiOperationsRig, options: Partial<ListOptions> = {}): ObjectList {
  return rig.operations.list(rig.target("configmaps"), listOptions(options));
}

function names({ items }: ObjectList): string[] {
  return items.map(({ metadata }) => metadata.name);
}

function tokenOf(fields: object): { continueToken: string } {
  return { continueToken: Buffer.from(JSON.stringify(fields)).toString("base64url") };
}
