import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLabelSelector } from "#devcluster/operations/reading/label-selector.ts";
import { statusOf } from "../../../support/api-operations-rig.ts";

const NAME_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** As kube-apiserver 1.37.2 answers them. */
const REFUSALS: Readonly<Record<string, string>> = {
  "a in (b": "unable to parse requirement: found '', expected: ',' or ')'",
  "a b": "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  ",": "found ',', expected: !, identifier, or 'end of string'",
  "(a)": "found '(', expected: !, identifier, or 'end of string'",
  "a=b=c": "found '=', expected: ',' or 'end of string'",
  "!a=b": "found '=', expected: ',' or 'end of string'",
  "a in (a)b": "found 'b', expected: ',' or 'end of string'",
  "a!b": "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt",
  "a in": "unable to parse requirement: found '' expected: '('",
  "a in b": "unable to parse requirement: found 'b' expected: '('",
  "a in (!)": "unable to parse requirement: found '!', expected: ',', ')' or identifier",
  "a in (a b)": "unable to parse requirement: found 'b', expected: ',' or ')'",
  "a>b": `unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`,
  "a>99999999999999999999": `unable to parse requirement: values[0]: Invalid value: "99999999999999999999": for 'Gt', 'Lt' operators, the value must be an integer`,
  "!": "unable to parse requirement: found '', expected: identifier",
  "!!a": "unable to parse requirement: found '!', expected: identifier",
  "a,": "found '', expected: identifier after ','",
  "a,,b": "found ',', expected: identifier after ','",
  "a=!": "unable to parse requirement: found '!', expected: identifier",
  "a=)": "unable to parse requirement: found ')', expected: identifier",
  "a!==b": "unable to parse requirement: found '=', expected: identifier",
  "-a": `unable to parse requirement: <nil>: Invalid value: "-a": name part ${NAME_RULE}`,
  "a/": `unable to parse requirement: <nil>: Invalid value: "a/": name part must be non-empty; name part ${NAME_RULE}`,
  "/a": `unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty`,
  "a/b/c": `unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
  "A/b": `unable to parse requirement: <nil>: Invalid value: "A/b": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  "a=-b": `unable to parse requirement: values[0][a]: Invalid value: "-b": ${VALUE_RULE}`,
  "a in (d, -c, -b)": `unable to parse requirement: [values[0][a]: Invalid value: "-b": ${VALUE_RULE}, values[1][a]: Invalid value: "-c": ${VALUE_RULE}]`,
  [`x=${"a".repeat(64)}`]: `unable to parse requirement: values[0][x]: Invalid value: "${"a".repeat(64)}": must be no more than 63 bytes`,
  ["a".repeat(64)]:
    `unable to parse requirement: <nil>: Invalid value: "${"a".repeat(64)}": name part must be no more than 63 bytes`,
};

for (const [text, message] of Object.entries(REFUSALS)) {
  test(`the label selector ${JSON.stringify(text)} is refused in the server's words`, () => {
    const status = statusOf(() => parseLabelSelector(text));
    assert.deepEqual([status.code, status.reason, status.message], [400, "BadRequest", message]);
  });
}

const LABELS = { app: "web", tier: "front", size: "5", in: "in", empty: "" };
const SELECTED = [
  "",
  " ",
  "app=web",
  "app == web, tier!=back",
  "app in (web, api)",
  "app notin (api)",
  "missing notin (x)",
];
const SELECTED_TOO = [
  "!missing",
  "app",
  "size>4",
  "size<6",
  "in in (in)",
  "empty=",
  "empty in ()",
  "empty in (a,)",
  "missing!=x",
];
const NOT_SELECTED = [
  "app=api",
  "!app",
  "missing",
  "app notin (web)",
  "size>5",
  "app>1",
  "app in ()",
  "missing=",
  "app,!tier",
];

for (const text of [...SELECTED, ...SELECTED_TOO]) {
  test(`the label selector ${JSON.stringify(text)} takes the labels`, () => {
    assert.equal(parseLabelSelector(text).matches(LABELS), true);
  });
}

for (const text of NOT_SELECTED) {
  test(`the label selector ${JSON.stringify(text)} leaves the labels out`, () => {
    assert.equal(parseLabelSelector(text).matches(LABELS), false);
  });
}
