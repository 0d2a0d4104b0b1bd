import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { ownMetricsText } from "#observability/metrics/own-metrics-text.ts";
import { broker, EVENT } from "../../support/brokered-handler.ts";
import { PrometheusText } from "../../support/prometheus-text.ts";
import { promtool, skipWithoutPromtool } from "../../support/promtool.ts";

/** A handler that measures, and what is exported of it. */
function bench() {
  const { capabilities, meters } = broker();
  return {
    measure: (type: string, ...args: readonly unknown[]) => capabilities.read(`metrics.${type}`, args, EVENT),
    text: () => ownMetricsText(meters.metrics),
    shown: () => new PrometheusText(ownMetricsText(meters.metrics)),
  };
}

suite("metrics of a handler", () => {
  test("a counter adds up, by one if nothing else is said", () => {
    const { measure, shown } = bench();
    measure("counter", "pods_total");
    measure("counter", "pods_total", 2.5);
    measure("counter", "pods_total", null, { team: "a" });
    measure("counter", "pods_total", 0, { team: "b" });
    const values = shown().series("pods_total");
    assert.deepEqual(
      values.map(({ labels, value }) => [labels, value]),
      [
        [{ handler: "pod-added" }, 3.5],
        [{ handler: "pod-added", team: "a" }, 1],
        [{ handler: "pod-added", team: "b" }, 0],
      ],
    );
  });

  test("a gauge is what was set last", () => {
    const { measure, shown } = bench();
    measure("gauge", "depth", 5);
    measure("gauge", "depth", -2.5);
    assert.equal(shown().value("depth"), -2.5);
  });

  test("a histogram counts what is not above each of its bounds", () => {
    const { measure, text } = bench();
    for (const value of [1, 2, 3, 40])
      measure("histogram", "size_items", value, { of: "x" }, { buckets: [1, 2.5, 10] });
    assert.equal(
      text(),
      `# HELP size_items Of handlers.
# TYPE size_items histogram
size_items_bucket{handler="pod-added",of="x",le="1"} 1
size_items_bucket{handler="pod-added",of="x",le="2.5"} 2
size_items_bucket{handler="pod-added",of="x",le="10"} 3
size_items_bucket{handler="pod-added",of="x",le="+Inf"} 4
size_items_sum{handler="pod-added",of="x"} 46
size_items_count{handler="pod-added",of="x"} 4
`,
    );
  });

  test("a histogram without bounds of its own has those of Prometheus' libraries", () => {
    const { measure, shown } = bench();
    measure("histogram", "took_seconds", 0.3);
    const bounds = shown()
      .series("took_seconds_bucket")
      .map(({ labels }) => labels["le"]);
    assert.deepEqual(bounds, ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"]);
  });

  test("a series is taken away alone, and begins anew when it comes back", () => {
    const { measure, shown } = bench();
    for (const team of ["a", "b"]) measure("counter", "x_total", 5, { team });
    measure("remove", "x_total", { team: "a" });
    measure("remove", "x_total", { team: "a" });
    measure("remove", "x_total");
    measure("remove", "y_total", { team: "a" });
    assert.deepEqual(
      shown()
        .series("x_total")
        .map(({ labels }) => labels["team"]),
      ["b"],
    );
    measure("counter", "x_total", 1, { team: "a" });
    assert.equal(shown().value("x_total", { team: "a" }), 1);
  });

  test("with the last series of a metric its name is free for another type", () => {
    const { measure, text } = bench();
    measure("counter", "x", 5, { team: "a" });
    measure("remove", "x", { team: "a" });
    assert.equal(text(), "");
    measure("gauge", "x", 1);
    assert.match(text(), /^# TYPE x gauge$/m);
  });

  test("the order of labels makes no difference, and an empty one is as if left out", () => {
    const { measure, shown } = bench();
    measure("counter", "x_total", 1, { a: "1", b: "2" });
    measure("counter", "x_total", 1, { b: "2", a: "1" });
    measure("counter", "x_total", 1, { b: "2", a: "1", c: "", d: null });
    assert.deepEqual(
      shown()
        .series("x_total")
        .map(({ value }) => value),
      [3],
    );
  });

  test("values of labels that look like other labels are told apart", () => {
    const { measure, shown } = bench();
    measure("counter", "x_total", 1, { a: '1",b="2' });
    measure("counter", "x_total", 1, { a: "1", b: "2" });
    assert.equal(shown().series("x_total").length, 2);
  });

  test("what the values of labels hold is escaped, and what is no Unicode is replaced", () => {
    const { measure, shown, text } = bench();
    const value = 'line\nbreak "quoted" back\\slash ü 🚀 \\n';
    measure("gauge", "x", 1, { value });
    measure("gauge", "x", 1, { value: "\ud800" });
    measure("gauge", "x", 1, { value: "\udc00" });
    assert.deepEqual(
      shown()
        .series("x")
        .map(({ labels }) => labels["value"]),
      [value, "\ufffd"],
    );
    assert.equal(text().split("\n").length, 5);
  });

  test("can be read again whatever their labels hold, each series once", () => {
    const text = fc.string({ unit: "binary", maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), (pairs) => {
        const { measure, shown } = bench();
        for (const [a, b] of pairs) measure("counter", "x_total", 1, { a, b });
        const expected = Map.groupBy(pairs, ([a, b]) => JSON.stringify([a.toWellFormed(), b.toWellFormed()]));
        const series = shown()
          .series("x_total")
          .map(({ labels, value }) => [JSON.stringify([labels["a"] ?? "", labels["b"] ?? ""]), value] as const);
        assert.deepEqual(new Map(series), new Map(Array.from(expected, ([key, same]) => [key, same.length])));
        assert.equal(series.length, expected.size);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("labels may have the names of what every object has", () => {
    const { measure, shown } = bench();
    measure("counter", "constructor", 1, { toString: "a", hasOwnProperty: "b" });
    assert.deepEqual(shown().series("constructor")[0]?.labels["handler"], "pod-added");
  });

  test("sums beyond all numbers are shown as Prometheus has them", () => {
    const { measure, text } = bench();
    measure("counter", "x_total", 1.7e308);
    measure("counter", "x_total", 1.7e308);
    assert.match(text(), /^x_total\{handler="pod-added"\} \+Inf$/m);
  });

  test("are what Prometheus' own checker takes", { skip: skipWithoutPromtool }, () => {
    const { measure, text } = bench();
    measure("counter", "things_total", 1, { team: 'a"\\\n' });
    measure("gauge", "depth_items", -0);
    measure("histogram", "took_seconds", 1e-9, { team: "ü" });
    promtool(["check", "metrics"], text());
  });
});

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
    const { measure, text } = bench();
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
