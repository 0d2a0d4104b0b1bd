import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Meter } from "#broker/metrics/handler-meter.ts";
import { Meters } from "#broker/metrics/meters.ts";
import { readMetricSample } from "#broker/metrics/metric-sample.ts";
import type { MetricType } from "#observability/metrics/own-metrics.ts";
import { ownMetricsText } from "#observability/metrics/own-metrics-text.ts";
import { PrometheusText } from "../../support/prometheus-text.ts";
import { promtool, skipWithoutPromtool } from "../../support/promtool.ts";

type Labels = Readonly<Record<string, string>>;

function add(meter: Meter, type: MetricType, name: string, value: number, labels: Labels = {}, options = {}): void {
  meter.add(readMetricSample(type, [name, value, labels, options]));
}

/** As lines without help and type. */
function shown(meters: Meters): readonly string[] {
  return ownMetricsText(meters.metrics)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

suite("a newer revision of a handler", () => {
  test("goes on with what older ones counted", () => {
    const meters = new Meters();
    add(meters.open("web"), "counter", "x_total", 2, { a: "1" });
    add(meters.open("web"), "counter", "x_total", 3, { a: "1" });
    assert.deepEqual(shown(meters), ['x_total{handler="web",a="1"} 5']);
  });

  test("keeps a metric that it does not write any more", () => {
    const meters = new Meters();
    add(meters.open("web"), "counter", "x_total", 2);
    add(meters.open("web"), "counter", "y_total", 3);
    assert.deepEqual(shown(meters), ['x_total{handler="web"} 2', 'y_total{handler="web"} 3']);
  });

  test("begins a metric anew by writing it with another type, and what the older one still says of it is not kept", () => {
    const meters = new Meters();
    const older = meters.open("web");
    add(older, "counter", "x", 2, { a: "1" });
    const newer = meters.open("web");
    add(newer, "gauge", "x", 7, { b: "1" });
    add(older, "counter", "x", 3, { a: "1" });
    assert.deepEqual(shown(meters), ['x{handler="web",b="1"} 7']);
  });

  test("begins a histogram anew by writing it with other buckets", () => {
    const meters = new Meters();
    add(meters.open("web"), "histogram", "x", 2, {}, { buckets: [1] });
    add(meters.open("web"), "histogram", "x", 3, {}, { buckets: [5] });
    assert.deepEqual(shown(meters), [
      'x_bucket{handler="web",le="5"} 1',
      'x_bucket{handler="web",le="+Inf"} 1',
      'x_sum{handler="web"} 3',
      'x_count{handler="web"} 1',
    ]);
  });

  test("begins a metric anew by writing it with other labels", () => {
    const meters = new Meters();
    const older = meters.open("web");
    add(older, "gauge", "x", 2, { a: "1" });
    add(older, "gauge", "x", 3, { a: "2" });
    const newer = meters.open("web");
    add(newer, "gauge", "x", 4, { a: "1" });
    add(newer, "gauge", "x", 5, { a: "1", b: "1" });
    add(older, "gauge", "x", 6, { a: "2" });
    assert.deepEqual(shown(meters), ['x{handler="web",a="1"} 4', 'x{handler="web",a="1",b="1"} 5']);
  });

  test("may have a histogram where an older one had a counter of one of its names", () => {
    const meters = new Meters();
    add(meters.open("web"), "counter", "x_count", 2);
    add(meters.open("web"), "histogram", "x", 3, {}, { buckets: [1] });
    assert.deepEqual(shown(meters).at(-1), 'x_count{handler="web"} 1');
    assert.equal(shown(meters).length, 4);
  });
});

suite("one revision of a handler", () => {
  test("writes one metric with one type", () => {
    const meters = new Meters();
    const meter = meters.open("web");
    add(meter, "counter", "x", 2);
    assert.throws(() => add(meter, "gauge", "x", 2), {
      message: 'Cannot call metrics.gauge: "x" is a counter in this handler; choose another name',
    });
  });

  test("writes a histogram with the same buckets each time", () => {
    const meter = new Meters().open("web");
    add(meter, "histogram", "x", 2, {}, { buckets: [1, 2] });
    assert.throws(() => add(meter, "histogram", "x", 2, {}, { buckets: [1, 3] }), {
      message: 'Cannot call metrics.histogram: "x" has other buckets in this handler; give the same with each call',
    });
  });

  test("has no metric with a name that one of its histograms uses", () => {
    const meter = new Meters().open("web");
    add(meter, "histogram", "x", 2);
    assert.throws(() => add(meter, "counter", "x_sum", 2), {
      message:
        'Cannot call metrics.counter: "x_sum" would write what "x", a histogram of this handler, writes already; choose another name',
    });
  });

  test("are no more than 4 MiB of text, however few they are, and there is room again for what is removed", () => {
    const meters = new Meters();
    const meter = meters.open("web");
    const labelled = (at: number) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`l${i}`, `${at} ${'"'.repeat(250)}`]));
    const fill = (): void => {
      for (let at = 0; at < 1_000; at++) add(meter, "histogram", "x", 1, labelled(at));
    };
    assert.throws(fill, {
      message:
        /^Cannot call metrics\.histogram: "x" with these labels would make this handler's series longer than 4 MiB of text/,
    });
    const text = ownMetricsText(meters.metrics);
    assert.ok(text.length > 2 * 2 ** 20 && text.length < 5 * 2 ** 20, String(text.length));
    add(meter, "histogram", "x", 2, labelled(0));
    meter.remove({ name: "x", labels: Object.entries(labelled(1)) });
    add(meter, "histogram", "x", 1, labelled(1));
  });

  test("may leave labels out from call to call", () => {
    const meters = new Meters();
    const meter = meters.open("web");
    add(meter, "counter", "x", 2, { a: "1" });
    add(meter, "counter", "x", 3);
    assert.deepEqual(shown(meters), ['x{handler="web",a="1"} 2', 'x{handler="web"} 3']);
  });
});

suite("handlers", () => {
  test("may have a metric of one name, with labels and buckets of their own", { skip: skipWithoutPromtool }, () => {
    const meters = new Meters();
    add(meters.open("a"), "histogram", "took_seconds", 2, { x: "1" }, { buckets: [1] });
    add(meters.open("b"), "counter", "other_total", 2);
    add(meters.open("b"), "histogram", "took_seconds", 3, { y: "1" });
    const text = ownMetricsText(meters.metrics);
    promtool(["check", "metrics"], text);
    const { families } = new PrometheusText(text);
    assert.deepEqual(
      families.map(({ name }) => name),
      ["took_seconds", "other_total"],
    );
  });

  test(
    "may have a metric of one name with two types, which is then shown without one",
    { skip: skipWithoutPromtool },
    () => {
      const meters = new Meters();
      add(meters.open("a"), "counter", "things_total", 2);
      add(meters.open("b"), "gauge", "things_total", 3);
      add(meters.open("c"), "histogram", "things_total", 4, {}, { buckets: [5] });
      add(meters.open("d"), "counter", "others_total", 5);
      const text = ownMetricsText(meters.metrics);
      promtool(["check", "metrics"], text);
      const { families } = new PrometheusText(text);
      assert.deepEqual(
        families.map(({ name, type, series }) => [name, type, series.length]),
        [
          ["others_total", "counter", 1],
          ["things_total", "untyped", 2],
          ["things_total_bucket", "untyped", 2],
          ["things_total_sum", "untyped", 1],
          ["things_total_count", "untyped", 1],
        ],
      );
      meters.remove("b");
      meters.remove("c");
      assert.equal(new PrometheusText(ownMetricsText(meters.metrics)).families[0]?.type, "counter");
    },
  );

  test("may have a counter of a name that another one's histogram uses", { skip: skipWithoutPromtool }, () => {
    const meters = new Meters();
    add(meters.open("a"), "histogram", "size", 2, {}, { buckets: [5] });
    add(meters.open("b"), "counter", "size_count", 3);
    const text = ownMetricsText(meters.metrics);
    promtool(["check", "metrics"], text);
    assert.deepEqual(
      new PrometheusText(text).series("size_count").map(({ labels, value }) => [labels["handler"], value]),
      [
        ["a", 1],
        ["b", 3],
      ],
    );
  });

  test("take their metrics with them when they are removed, and what still runs writes no more", () => {
    const meters = new Meters();
    const meter = meters.open("a");
    add(meter, "counter", "x", 2);
    meters.remove("a");
    add(meter, "counter", "x", 2);
    assert.deepEqual([shown(meters), meters.drops], [[], []]);
    add(meters.open("a"), "counter", "x", 1);
    assert.deepEqual(shown(meters), ['x{handler="a"} 1']);
  });

  test("keep their metrics under a new name", () => {
    const meters = new Meters();
    const meter = meters.open("a");
    add(meter, "counter", "x", 2);
    meters.rename("a", "b");
    add(meter, "counter", "x", 2);
    assert.deepEqual(shown(meters), ['x{handler="b"} 4']);
    meters.rename("none", "other");
    assert.deepEqual(
      meters.drops.map(({ handler }) => handler),
      ["b"],
    );
  });
});

test("names of labels are forgotten with their last series: a newer revision that writes them begins the metric anew", () => {
  const meters = new Meters();
  const meter = meters.open("web");
  add(meter, "gauge", "x", 1, { a: "1" });
  for (const b of ["1", "2"]) add(meter, "gauge", "x", 2, { b });
  for (const b of ["1", "2"]) meter.remove({ name: "x", labels: [["b", b]] });
  add(meters.open("web"), "gauge", "x", 3, { b: "3" });
  assert.deepEqual(shown(meters), ['x{handler="web",b="3"} 3']);
});

test("names of labels are kept while any series has them", () => {
  const meters = new Meters();
  const meter = meters.open("web");
  for (const a of ["1", "2"]) add(meter, "gauge", "x", 1, { a });
  meter.remove({ name: "x", labels: [["a", "1"]] });
  add(meters.open("web"), "gauge", "x", 3, { a: "3" });
  assert.deepEqual(shown(meters), ['x{handler="web",a="2"} 1', 'x{handler="web",a="3"} 3']);
});

test("a handler has 1,000 series; beyond that new ones are refused and counted, and the others go on", () => {
  const meters = new Meters();
  const meter = meters.open("a");
  for (let at = 0; at < 1000; at++) add(meter, "counter", "x_total", 1, { at: String(at) });
  const message =
    'Cannot call metrics.counter: "x_total" with these labels would be series 1001 of this handler, and 1000 is the limit. Series that exist go on; leave out labels that have many values';
  assert.throws(() => add(meter, "counter", "x_total", 1, { at: "1000" }), { code: "BAD_CALL", message });
  assert.throws(() => add(meter, "gauge", "y", 1), { code: "BAD_CALL" });
  add(meter, "counter", "x_total", 1, { at: "7" });
  assert.deepEqual(meters.drops, [{ handler: "a", drops: 2 }]);
  assert.equal(shown(meters).length, 1000);
  assert.equal(shown(meters)[7], 'x_total{handler="a",at="7"} 2');
  meter.remove({ name: "x_total", labels: [["at", "5"]] });
  add(meter, "gauge", "y", 1);
  assert.throws(() => add(meter, "gauge", "y", 1, { x: "1" }), { code: "BAD_CALL" });
  meter.remove({ name: "y", labels: [] });
  add(meters.open("b"), "gauge", "y", 1);
  add(meters.open("a"), "gauge", "x_total", 1);
  assert.deepEqual(shown(meters), ['x_total{handler="a"} 1', 'y{handler="b"} 1']);
});
