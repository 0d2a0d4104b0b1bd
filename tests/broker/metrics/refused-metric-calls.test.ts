import assert from "node:assert/strict";
import { test } from "node:test";
import { metricsBench } from "../../support/metrics-bench.ts";

const LONG = "x".repeat(257);
const ELEVEN = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`l${at}`, "x"]));

const REFUSED: readonly (readonly [what: string, type: string, args: readonly unknown[], fact: string])[] = [
  ["no name", "counter", [], "the name is missing; it must be a text that is not empty"],
  [
    "a name that is none",
    "gauge",
    ["a-b", 1],
    'the name "a-b" is none: use letters, digits and _, and no digit at the beginning',
  ],
  [
    "a name with a colon, which is for recording rules",
    "gauge",
    ["a:b", 1],
    'the name "a:b" is none: use letters, digits and _, and no digit at the beginning',
  ],
  [
    "a name of informd's own",
    "counter",
    ["informd_x"],
    'the name "informd_x" begins with "informd_", which is not for handlers: choose another one',
  ],
  [
    "a name of the process's own",
    "counter",
    ["process_cpu_seconds_total"],
    'the name "process_cpu_seconds_total" begins with "process_", which is not for handlers: choose another one',
  ],
  [
    "a name of Prometheus' own",
    "counter",
    ["__x"],
    'the name "__x" begins with "__", which is not for handlers: choose another one',
  ],
  ...["up", "ALERTS", "ALERTS_FOR_STATE"].map(
    (name) =>
      [
        `"${name}", which Prometheus itself makes,`,
        "gauge",
        [name, 1],
        `the name "${name}" is Prometheus' own: choose another one`,
      ] as const,
  ),
  [
    "a name that Prometheus makes for each scrape",
    "gauge",
    ["scrape_duration_seconds", 1],
    'the name "scrape_duration_seconds" begins with "scrape_", which is not for handlers: choose another one',
  ],
  ...["job", "instance", "runtime"].map(
    (label) =>
      [
        `the label "${label}", by which targets are told apart,`,
        "gauge",
        ["x", 1, { [label]: "c" }],
        `the label "${label}" says which target is read, and is set by Prometheus: choose another one`,
      ] as const,
  ),
  ["a name that is too long", "counter", [LONG], "has 257 characters; the limit is 200"],
  ["a value that is no number", "gauge", ["x", "1"], 'the value is "1"; it must be a finite number'],
  ["a gauge without a value", "gauge", ["x"], "the value is missing; it must be a finite number"],
  [
    "a counter that falls",
    "counter",
    ["x", -1],
    "the value is -1; a counter only grows. What goes up and down is a gauge",
  ],
  ["labels that are none", "counter", ["x", 1, "team"], 'labels is "team"; it must be an object'],
  [
    "a label that is none",
    "counter",
    ["x", 1, { "a-b": "c" }],
    'the label "a-b" is none: use letters, digits and _, and no digit at the beginning',
  ],
  [
    "informd's own label",
    "counter",
    ["x", 1, { handler: "c" }],
    `the label "handler" is informd's own, it has the handler's id: choose another one`,
  ],
  [
    "a histogram's own label",
    "histogram",
    ["x", 1, { le: "c" }],
    `the label "le" is a histogram's own: choose another one`,
  ],
  [
    "a label of Prometheus' own",
    "counter",
    ["x", 1, JSON.parse('{"__proto__":"c"}')],
    'the label "__proto__" begins with "__", which is not for handlers: choose another one',
  ],
  [
    "a value of a label that is no text",
    "counter",
    ["x", 1, { a: 1 }],
    'the value of label "a" is 1; it must be a text',
  ],
  [
    "a value of a label that is too long",
    "counter",
    ["x", 1, { a: LONG }],
    'the value of label "a" has 257 characters; the limit is 256',
  ],
  ["too many labels", "counter", ["x", 1, ELEVEN], "there are 11 labels; the limit is 10"],
  [
    "buckets that are none",
    "histogram",
    ["x", 1, {}, { buckets: 5 }],
    "buckets must be a list of 1 to 30 numbers, each greater than the one before",
  ],
  [
    "buckets out of order",
    "histogram",
    ["x", 1, {}, { buckets: [2, 1] }],
    "buckets must be a list of 1 to 30 numbers, each greater than the one before",
  ],
  [
    "no buckets",
    "histogram",
    ["x", 1, {}, { buckets: [] }],
    "buckets must be a list of 1 to 30 numbers, each greater than the one before",
  ],
  [
    "a bucket that is no number",
    "histogram",
    ["x", 1, {}, { buckets: ["1"] }],
    'a bucket is "1"; it must be a finite number',
  ],
];

for (const [what, type, args, fact] of REFUSED) {
  test(`a metric refuses ${what} and says what is wrong`, () => {
    const { measure, text } = metricsBench();
    assert.throws(
      () => measure(type, ...args),
      ({ name, code, message }: Error & { code: unknown }) => {
        assert.deepEqual([name, code], ["BadCallError", "BAD_CALL"]);
        assert.ok(message.startsWith(`Cannot call metrics.${type}: `) && message.endsWith(fact), message);
        return true;
      },
    );
    assert.equal(text(), "");
  });
}
