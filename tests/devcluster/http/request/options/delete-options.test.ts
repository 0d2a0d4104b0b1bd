import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { deleteOptions } from "#devcluster/http/request/options/delete-options.ts";
import { QueryReader } from "#devcluster/http/request/options/query-reader.ts";
import type { JsonRecord } from "#kernel/json-value.ts";
import { failureOf } from "../../../../support/status-failure.ts";

const query = (text: string): QueryReader => new QueryReader(new URLSearchParams(text));

suite("deleteOptions", () => {
  const fromQuery = (text: string) => deleteOptions(undefined, query(text));
  const fromBody = (body: JsonRecord, text = "") => deleteOptions(body, query(text));

  test("are read from the query where there is no body", () => {
    assert.deepEqual(fromQuery("dryRun=All&gracePeriodSeconds=5&propagationPolicy=Foreground"), {
      dryRun: true,
      gracePeriodSeconds: 5,
      propagationPolicy: "Foreground",
      preconditions: {},
    });
  });

  test("are read from the body alone where there is one", () => {
    const preconditions = { uid: "u", resourceVersion: "7" };
    assert.deepEqual(fromBody({ gracePeriodSeconds: 0, preconditions }, "dryRun=nope"), {
      dryRun: false,
      gracePeriodSeconds: 0,
      propagationPolicy: undefined,
      preconditions,
    });
  });

  test("understand the older orphanDependents", () => {
    assert.equal(fromBody({ orphanDependents: true }).propagationPolicy, "Orphan");
    assert.equal(fromQuery("orphanDependents=false").propagationPolicy, "Background");
  });

  test("refuse policies that do not exist or contradict", () => {
    const invalid = '422 DeleteOptions.meta.k8s.io "" is invalid: ';
    assert.equal(
      failureOf(() => fromQuery("propagationPolicy=nope")),
      `${invalid}propagationPolicy: Unsupported value: "nope": supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
    assert.equal(
      failureOf(() => fromBody({ orphanDependents: true, propagationPolicy: "Orphan" })),
      `${invalid}propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set`,
    );
  });

  test("refuse members of another type in Go's words", () => {
    const rows = [
      [{ gracePeriodSeconds: "x" }, "string into Go struct field DeleteOptions.gracePeriodSeconds of type int64"],
      [{ gracePeriodSeconds: 1.5 }, "number 1.5 into Go struct field DeleteOptions.gracePeriodSeconds of type int64"],
      [
        { propagationPolicy: 1 },
        "number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation",
      ],
      [{ dryRun: "All" }, "string into Go struct field DeleteOptions.dryRun of type []string"],
      [{ dryRun: [1] }, "number into Go struct field DeleteOptions.dryRun of type string"],
      [{ preconditions: 1 }, "number into Go struct field DeleteOptions.preconditions of type v1.Preconditions"],
      [{ preconditions: { uid: 1 } }, "number into Go struct field Preconditions.preconditions.uid of type types.UID"],
    ] as const;
    for (const [body, message] of rows) {
      assert.equal(
        failureOf(() => fromBody(body)),
        `400 json: cannot unmarshal ${message}`,
      );
    }
  });
});
