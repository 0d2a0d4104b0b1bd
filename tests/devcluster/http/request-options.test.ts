import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { StatusError } from "#devcluster/api-status.ts";
import { deleteOptions } from "#devcluster/http/request/delete-options.ts";
import { listOptions, watchOptions } from "#devcluster/http/request/list-options.ts";
import { QueryReader } from "#devcluster/http/request/query-reader.ts";
import { checkTimeout } from "#devcluster/http/request/timeout-parameter.ts";
import { writeOptions } from "#devcluster/http/request/write-options.ts";
import type { JsonRecord } from "#kernel/json-value.ts";

const query = (text: string): QueryReader => new QueryReader(new URLSearchParams(text));

function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return `${error.status.code} ${error.message}`;
  }
  return "no failure";
}

suite("listOptions", () => {
  const list = (text: string) => listOptions(query(text));

  test("are empty without a query", () => {
    assert.deepEqual(list(""), {
      labelSelector: "",
      fieldSelector: "",
      limit: 0,
      continueToken: "",
      resourceVersion: "",
      resourceVersionMatch: "",
    });
  });

  test("are read from the query, the first of several values", () => {
    const options = list("labelSelector=a%3Db&fieldSelector=c&limit=5&limit=6&continue=t&nonsense=1");
    assert.equal(options.labelSelector, "a=b");
    assert.equal(options.fieldSelector, "c");
    assert.equal(options.limit, 5);
    assert.equal(options.continueToken, "t");
  });

  test("take a negative limit for none", () => assert.equal(list("limit=-1").limit, 0));

  test("refuse numbers that are none", () => {
    for (const name of ["limit", "timeoutSeconds"]) {
      assert.equal(
        failureOf(() => list(`${name}=x`)),
        '400 strconv.ParseInt: parsing "x": invalid syntax',
      );
      assert.equal(
        failureOf(() => list(`${name}=`)),
        '400 strconv.ParseInt: parsing "": invalid syntax',
      );
      assert.equal(
        failureOf(() => list(`${name}=9.5`)),
        '400 strconv.ParseInt: parsing "9.5": invalid syntax',
      );
    }
    assert.equal(
      failureOf(() => list("limit=99999999999999999999")),
      '400 strconv.ParseInt: parsing "99999999999999999999": value out of range',
    );
  });

  test("refuse contradictions with the real server's 422", () => {
    const invalid = '422 ListOptions.meta.k8s.io "" is invalid: ';
    const rows = [
      [
        "resourceVersionMatch=Exact",
        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
      ],
      [
        "resourceVersionMatch=Nope&resourceVersion=1",
        'resourceVersionMatch: Unsupported value: "Nope": supported values: "Exact", "NotOlderThan", ""',
      ],
      [
        "resourceVersionMatch=Exact&resourceVersion=0",
        'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ],
      ["sendInitialEvents=false", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"],
      [
        "continue=x&resourceVersionMatch=Exact",
        "[resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided]",
      ],
    ] as const;
    for (const [text, message] of rows)
      assert.equal(
        failureOf(() => list(text)),
        invalid + message,
      );
  });

  test("name the causes of a 422", () => {
    assert.throws(
      () => list("sendInitialEvents=true"),
      (error: unknown) => {
        assert.ok(error instanceof StatusError);
        assert.deepEqual(error.status.details, {
          group: "meta.k8s.io",
          kind: "ListOptions",
          causes: [
            {
              reason: "FieldValueForbidden",
              message: "Forbidden: sendInitialEvents is forbidden for list",
              field: "sendInitialEvents",
            },
          ],
        });
        return true;
      },
    );
  });
});

suite("watchOptions", () => {
  const watch = (text: string) => watchOptions(query(text));

  test("carry the time to live in milliseconds", () => {
    assert.equal(watch("timeoutSeconds=5").timeoutMs, 5000);
    assert.equal(watch("").timeoutMs, undefined);
    assert.equal(watch("timeoutSeconds=0").timeoutMs, undefined);
  });

  test("take everything but 0 and false for true", () => {
    assert.equal(watch("resourceVersion=5&allowWatchBookmarks=maybe").allowBookmarks, true);
    assert.equal(watch("allowWatchBookmarks=False").allowBookmarks, false);
    assert.equal(watch("allowWatchBookmarks=0").allowBookmarks, false);
  });

  test("mark the end of the initial events for every watch from the start that takes bookmarks", () => {
    for (const text of ["allowWatchBookmarks=true", "allowWatchBookmarks=true&resourceVersion=0"]) {
      assert.equal(watch(text).sendInitialEvents, true, text);
      assert.equal(watch(text).resourceVersionMatch, "NotOlderThan", text);
    }
    for (const text of ["", "allowWatchBookmarks=true&resourceVersion=5"]) {
      assert.equal(watch(text).sendInitialEvents, false, text);
      assert.equal(watch(text).resourceVersionMatch, "", text);
    }
  });

  test("refuse contradictions with the real server's 422", () => {
    const invalid = '422 ListOptions.meta.k8s.io "" is invalid: ';
    const forbidden = "resourceVersionMatch: Forbidden: ";
    const unsupported = 'resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"';
    const rows = [
      ["sendInitialEvents=true", `${forbidden}sendInitialEvents requires setting resourceVersionMatch to NotOlderThan`],
      [
        "resourceVersionMatch=NotOlderThan",
        `${forbidden}resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided`,
      ],
      ["continue=x", `${forbidden}resourceVersionMatch is forbidden when continue is provided`],
      [
        "sendInitialEvents=true&resourceVersionMatch=Exact",
        `[${forbidden}sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, ${unsupported}]`,
      ],
    ] as const;
    for (const [text, message] of rows)
      assert.equal(
        failureOf(() => watch(text)),
        invalid + message,
      );
  });
});

suite("writeOptions", () => {
  const write = (text: string, applies = false) =>
    writeOptions(query(text), applies ? "PatchOptions" : "CreateOptions", "kubectl/v1.37.2 (linux/amd64)", applies);

  test("warn of unknown fields and change for good by default", () => {
    assert.deepEqual(write(""), { dryRun: false, fieldManager: "kubectl", fieldValidation: "Warn", force: false });
    assert.equal(write("fieldValidation=").fieldValidation, "Warn");
  });

  test("are read from the query", () => {
    assert.deepEqual(write("dryRun=All&fieldManager=me&fieldValidation=Strict"), {
      dryRun: true,
      fieldManager: "me",
      fieldValidation: "Strict",
      force: false,
    });
    assert.equal(write("fieldManager=me&force=true", true).force, true);
  });

  test("name the first part of the user agent as the manager, cut to 128 bytes", () => {
    const { fieldManager } = writeOptions(query(""), "CreateOptions", "é".repeat(100), false);
    assert.ok(Buffer.byteLength(fieldManager) <= 128);
    assert.match(fieldManager, /^é+$/);
  });

  test("refuse what the real server refuses", () => {
    const invalid = '422 CreateOptions.meta.k8s.io "" is invalid: ';
    const rows = [
      ["dryRun=nope", 'dryRun: Unsupported value: ["nope"]: supported values: "All"'],
      ["dryRun=All&dryRun=nope", 'dryRun: Unsupported value: ["All","nope"]: supported values: "All"'],
      ["dryRun=", 'dryRun: Unsupported value: [""]: supported values: "All"'],
      [
        "fieldValidation=nope",
        'fieldValidation: Unsupported value: "nope": supported values: "", "Ignore", "Strict", "Warn"',
      ],
      [`fieldManager=${"a".repeat(129)}`, "fieldManager: Too long: may not be more than 128 bytes"],
      ["fieldManager=%07", String.raw`fieldManager: Invalid value: "\a": invalid character U+0007 (at position 0)`],
      [
        "fieldManager=%C3%A9%E2%80%8B",
        String.raw`fieldManager: Invalid value: "é\u200b": invalid character U+200B (at position 2)`,
      ],
      [
        "dryRun=x&fieldValidation=y",
        '[dryRun: Unsupported value: ["x"]: supported values: "All", fieldValidation: Unsupported value: "y": supported values: "", "Ignore", "Strict", "Warn"]',
      ],
    ] as const;
    for (const [text, message] of rows)
      assert.equal(
        failureOf(() => write(text)),
        invalid + message,
      );
  });

  test("an apply needs a manager, and only an apply may force", () => {
    const invalid = '422 PatchOptions.meta.k8s.io "" is invalid: ';
    assert.equal(
      failureOf(() => write("", true)),
      `${invalid}fieldManager: Required value: is required for apply patch`,
    );
    assert.equal(
      failureOf(() => writeOptions(query("force=false"), "PatchOptions", "", false)),
      `${invalid}force: Forbidden: may not be specified for non-apply patch`,
    );
  });
});

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

test("a timeout must be a Go duration", () => {
  const invalid = "400 invalid timeout specified in the request URL - time: ";
  for (const timeout of ["", "0", "32s", "1h", "-1s", "1h30m", "1.5s", ".5ms"]) {
    assert.equal(
      failureOf(() => checkTimeout(timeout)),
      "no failure",
      timeout,
    );
  }
  assert.equal(
    failureOf(() => checkTimeout("x")),
    `${invalid}invalid duration "x"`,
  );
  assert.equal(
    failureOf(() => checkTimeout("1")),
    `${invalid}missing unit in duration "1"`,
  );
  assert.equal(
    failureOf(() => checkTimeout("1x")),
    `${invalid}unknown unit "x" in duration "1x"`,
  );
});
