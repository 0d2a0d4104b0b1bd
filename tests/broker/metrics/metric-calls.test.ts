import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { metricsBench } from "../../support/metrics-bench.ts";
import { promtool, skipWithoutPromtool } from "../../support/promtool.ts";

suite("metrics of a handler", () => {
  test("a counter adds up, by one if nothing else is said", () => {
    const { measure, shown } = metricsBench();
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
    const { measure, shown } = metricsBench();
    measure("gauge", "depth", 5);
    measure("gauge", "depth", -2.5);
    assert.equal(shown().value("depth"), -2.5);
  });

  test("a histogram counts what is not above each of its bounds", () => {
    const { measure, text } = metricsBench();
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
    const { measure, shown } = metricsBench();
    measure("histogram", "took_seconds", 0.3);
    const bounds = shown()
      .series("took_seconds_bucket")
      .map(({ labels }) => labels["le"]);
    assert.deepEqual(bounds, ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"]);
  });

  test("a series is taken away alone, and begins anew when it comes back", () => {
    const { measure, shown } = metricsBench();
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
    const { measure, text } = metricsBench();
    measure("counter", "x", 5, { team: "a" });
    measure("remove", "x", { team: "a" });
    assert.equal(text(), "");
    measure("gauge", "x", 1);
    assert.match(text(), /^# TYPE x gauge$/m);
  });

  test("the order of labels makes no difference, and an empty one is as if left out", () => {
    const { measure, shown } = metricsBench();
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
    const { measure, shown } = metricsBench();
    measure("counter", "x_total", 1, { a: '1",b="2' });
    measure("counter", "x_total", 1, { a: "1", b: "2" });
    assert.equal(shown().series("x_total").length, 2);
  });

  test("what the values of labels hold is escaped, and what is no Unicode is replaced", () => {
    const { measure, shown, text } = metricsBench();
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
        const { measure, shown } = metricsBench();
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
    const { measure, shown } = metricsBench();
    measure("counter", "constructor", 1, { toString: "a", hasOwnProperty: "b" });
    assert.deepEqual(shown().series("constructor")[0]?.labels["handler"], "pod-added");
  });

  test("sums beyond all numbers are shown as Prometheus has them", () => {
    const { measure, text } = metricsBench();
    measure("counter", "x_total", 1.7e308);
    measure("counter", "x_total", 1.7e308);
    assert.match(text(), /^x_total\{handler="pod-added"\} \+Inf$/m);
  });

  test("are what Prometheus' own checker takes", { skip: skipWithoutPromtool }, () => {
    const { measure, text } = metricsBench();
    measure("counter", "things_total", 1, { team: 'a"\\\n' });
    measure("gauge", "depth_items", -0);
    measure("histogram", "took_seconds", 1e-9, { team: "ü" });
    promtool(["check", "metrics"], text());
  });
});
