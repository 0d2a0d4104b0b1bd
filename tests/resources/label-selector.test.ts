import assert from "node:assert/strict";
import { test } from "node:test";

import { labelSelectorOf, parseLabelSelector, type LabelSelectorObject } from "#resources/label-selector.ts";
import type { Labels } from "#resources/raw-object.ts";

function matches(selector: string, labels: Labels): boolean {
  return parseLabelSelector(selector).matches(labels);
}

test("label selector matrix: =, == and in want the label to be there with one of the values", () => {
  for (const selector of ["tier=web", "tier==web", "tier in (web)", "tier in (api, web)"]) {
    assert.equal(matches(selector, { tier: "web" }), true, selector);
    assert.equal(matches(selector, { tier: "db" }), false, selector);
    assert.equal(matches(selector, {}), false, selector);
  }
});

test("label selector matrix: != and notin also select objects without the label", () => {
  for (const selector of ["tier!=web", "tier notin (web)", "tier notin (api, web)"]) {
    assert.equal(matches(selector, { tier: "web" }), false, selector);
    assert.equal(matches(selector, { tier: "db" }), true, selector);
    assert.equal(matches(selector, {}), true, selector);
  }
});

test("label selector matrix: a bare key wants the label to exist, with ! to be absent", () => {
  assert.equal(matches("tier", { tier: "" }), true);
  assert.equal(matches("tier", {}), false);
  assert.equal(matches("!tier", { tier: "" }), false);
  assert.equal(matches("! tier", {}), true);
});

test("label selector matrix: > and < compare 64-bit integers strictly", () => {
  const cases: readonly [selector: string, size: string, expected: boolean][] = [
    ["size>2", "3", true],
    ["size>2", "2", false],
    ["size<2", "1", true],
    ["size<2", "2", false],
    ["size > 9007199254740992", "9007199254740993", true],
    ["size<2", "-5", true],
    ["size>2", "+5", true],
    ["size>2", "9223372036854775807", true],
    ["size>2", "9223372036854775808", false],
    ["size<2", "-9223372036854775809", false],
    ["size>2", "3.5", false],
    ["size>2", "0x10", false],
    ["size>2", " 3", false],
    ["size>2", "", false],
  ];
  for (const [selector, size, expected] of cases) {
    assert.equal(matches(selector, { size }), expected, `${selector} with ${size}`);
  }
  assert.equal(matches("size>2", {}), false, "absent");
  assert.equal(matches("size<2", {}), false, "absent");
});

test("label selector wants all of its terms", () => {
  const selector = "app=shop,tier in (web,api),!legacy";
  assert.equal(matches(selector, { app: "shop", tier: "api" }), true);
  assert.equal(matches(selector, { app: "shop", tier: "db" }), false);
  assert.equal(matches(selector, { app: "shop", tier: "api", legacy: "" }), false);
});

test("label selector takes nothing as the empty value", () => {
  for (const selector of ["tier=", "tier in ()", "tier in (,web)", "tier in (web,)", "tier in (web,,api)"]) {
    assert.equal(matches(selector, { tier: "" }), true, selector);
  }
  assert.equal(matches("tier=,app", { tier: "", app: "x" }), true);
});

test("label selector takes keys with a prefix, keywords as keys and values, and any whitespace", () => {
  assert.equal(matches("app.kubernetes.io/name = web", { "app.kubernetes.io/name": "web" }), true);
  assert.equal(matches("in in (in,notin)", { in: "notin" }), true);
  assert.equal(matches("notin", { notin: "" }), true);
  assert.equal(matches("\tapp =web ,\r\n tier notin( db )", { app: "web" }), true);
});

test("label selector reads only labels that the object has itself", () => {
  assert.equal(matches("constructor", {}), false);
  assert.equal(matches("!toString", {}), true);
  assert.equal(matches("toString!=x", {}), true);
});

test("empty label selector selects everything and says so", () => {
  for (const selector of [parseLabelSelector(""), parseLabelSelector("  ")]) {
    assert.equal(selector.isEverything, true);
    assert.equal(selector.matches({}), true);
  }
  assert.equal(parseLabelSelector("a").isEverything, false);
});

test("label selector that cannot be read is an error with the position and what is allowed", () => {
  const cases: readonly [selector: string, message: RegExp][] = [
    ["a,", /"a,": the end at character 3\. Write a label key or "!" there/],
    [",a", /"," at character 1\. Write a label key or "!" there/],
    ["a b", /"b" at character 3\. Write "," or one of = == != in notin > < there/],
    ["a in b", /"b" at character 6\. Write "\(" there/],
    ["a in (b", /the end at character 8\. Write "\)" there/],
    ["a in (b c)", /"c" at character 9\. Write "\)" there/],
    ["a=b=c", /"=" at character 4\. Write "," there/],
    ["a=!b", /"!" at character 3\. Write a label value there/],
    ["!a=b", /"=" at character 3\. Write "," there/],
    ["a!b", /"!" at character 2/],
    ["!!a", /"!" at character 2\. Write a label key there/],
    ["a===b", /"=" at character 4\. Write a label value there/],
  ];
  for (const [selector, message] of cases) {
    assert.throws(() => parseLabelSelector(selector), { code: "BAD_LABEL_SELECTOR", message }, selector);
  }
});

test("label selector refuses keys and values that no object can have", () => {
  const cases: readonly [selector: string, message: RegExp][] = [
    ["-a", /"-a" is no label key/],
    [`${"k".repeat(64)}=a`, /is no label key/],
    ["Example.com/name", /is no label key\. Before the "\/" use a lower-case DNS name/],
    ["a/b/c", /"a\/b\/c" is no label key/],
    ["/b", /"\/b" is no label key/],
    [`a=${"v".repeat(64)}`, /is no label value/],
    ["a in (b, c_)", /"c_" is no label value/],
    ["a>b", /value "b" of "a >" is no integer/],
    ["a<", /value "" of "a <" is no integer/],
    ["a>9223372036854775808", /is no integer/],
  ];
  for (const [selector, message] of cases) {
    assert.throws(() => parseLabelSelector(selector), { code: "BAD_LABEL_SELECTOR", message }, selector);
  }
});

test("null LabelSelector selects nothing, an empty one everything", () => {
  assert.equal(labelSelectorOf(null).matches({}), false);
  assert.equal(labelSelectorOf(undefined).matches({ app: "web" }), false);
  assert.equal(labelSelectorOf(null).isEverything, false);
  assert.equal(labelSelectorOf({}).matches({}), true);
  assert.equal(labelSelectorOf({ matchLabels: {}, matchExpressions: [] }).isEverything, true);
});

test("LabelSelector wants all of matchLabels and matchExpressions", () => {
  const selector = labelSelectorOf({
    matchLabels: { app: "shop" },
    matchExpressions: [
      { key: "tier", operator: "In", values: ["web", "api"] },
      { key: "zone", operator: "NotIn", values: ["b"] },
      { key: "track", operator: "Exists" },
      { key: "legacy", operator: "DoesNotExist" },
    ],
  });
  assert.equal(selector.matches({ app: "shop", tier: "api", track: "" }), true);
  assert.equal(selector.matches({ app: "shop", tier: "api" }), false);
  assert.equal(selector.matches({ app: "shop", tier: "api", track: "", zone: "b" }), false);
  assert.equal(selector.matches({ app: "shop", tier: "api", track: "", legacy: "yes" }), false);
});

test("LabelSelector refuses operators and numbers of values that Kubernetes does not allow", () => {
  const refused = (expression: NonNullable<LabelSelectorObject["matchExpressions"]>[number], message: RegExp): void =>
    assert.throws(() => labelSelectorOf({ matchExpressions: [expression] }), { code: "BAD_LABEL_SELECTOR", message });
  refused({ key: "a", operator: "Gt", values: ["1"] }, /unknown operator "Gt"\. Use In, NotIn, Exists or DoesNotExist/);
  refused({ key: "a", operator: "constructor" }, /unknown operator "constructor"/);
  refused({ key: "a", operator: "In" }, /"a in" has no values/);
  refused({ key: "a", operator: "NotIn", values: [] }, /"a notin" has no values/);
  refused({ key: "a", operator: "Exists", values: ["x"] }, /"a" has values, but only its existence is asked for/);
});
