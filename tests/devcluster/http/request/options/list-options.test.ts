import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { StatusError } from "#devcluster/api-status.ts";
import { listOptions, watchOptions } from "#devcluster/http/request/options/list-options.ts";
import { QueryReader } from "#devcluster/http/request/options/query-reader.ts";
import { failureOf } from "../../../../support/status-failure.ts";

const query = (text: string): QueryReader => new QueryReader(new URLSearchParams(text));

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
