import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypeCheck } from "#authoring/types/check-types.ts";
import type { TypeFinding } from "#authoring/types/tsc-output.ts";
import { TypeWatch } from "#authoring/types/type-watch.ts";
import { settle } from "../../support/fake-clock.ts";
import type { Batch } from "#loader/revision.ts";
import { RecordingLogger } from "../../support/recording-logger.ts";
import { batch, revision } from "../../support/revisions.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

/** A watch whose checks end when the test says so. */
class Bench {
  readonly logger = new RecordingLogger();
  readonly checks: (PromiseWithResolvers<TypeCheck> & { signal: AbortSignal })[] = [];
  readonly watch: TypeWatch;

  constructor(directory = "/nowhere") {
    const check = (signal: AbortSignal): Promise<TypeCheck> => {
      const check = { ...Promise.withResolvers<TypeCheck>(), signal };
      signal.addEventListener("abort", () => check.reject(signal.reason));
      this.checks.push(check);
      return check.promise;
    };
    this.watch = new TypeWatch({ logger: this.logger, directory, check });
  }

  /** A save, and what the check of it says. Returns what was logged since. */
  async save(result: TypeCheck, fields: Partial<Batch> = {}): Promise<string[]> {
    const before = this.logger.lines.length;
    this.watch.applied(batch(fields));
    await settle();
    this.checks.at(-1)?.resolve(result);
    await this.watch.idle;
    return this.logger.lines.slice(before);
  }
}

function finding(message: string, line = 1): TypeFinding {
  return { file: "a.ts", line, column: 7, code: "TS1", message, details: "" };
}

function checked(...findings: readonly TypeFinding[]): TypeCheck {
  return { type: "checked", findings };
}

test("a finding is told with its place and frame, once, also when lines above it come and go", async () => {
  using folder = new TemporaryDirectory({ "a.ts": "const x: string = 1;\n" });
  const bench = new Bench(folder.path);
  assert.deepEqual(await bench.save(checked(finding("no"))), ["warn type error"]);
  assert.deepEqual(bench.logger.fields[0], {
    file: "a.ts",
    line: 1,
    column: 7,
    code: "TS1",
    reason: "no",
    frame: "> 1 │ const x: string = 1;\n    │       ^",
  });
  assert.deepEqual(await bench.save(checked(finding("no", 2))), []);
  assert.deepEqual(await bench.save(checked(finding("no", 2), finding("neither"))), ["warn type error"]);
});

test("when all are gone one record says so", async () => {
  const bench = new Bench();
  assert.deepEqual(await bench.save(checked()), []);
  await bench.save(checked(finding("no")));
  assert.deepEqual(await bench.save(checked()), ["info types mended"]);
  assert.deepEqual(await bench.save(checked(finding("no"))), ["warn type error"]);
});

test("of many findings ten are told, and how many more there are", async () => {
  const bench = new Bench();
  const many = Array.from({ length: 14 }, (_, at) => finding(`no ${at}`));
  const lines = await bench.save(checked(...many));
  assert.equal(lines.filter((line) => line === "warn type error").length, 10);
  assert.equal(lines.at(-1), "warn more type errors");
  assert.deepEqual(bench.logger.fields.at(-1), { count: 4 });
});

test("the newest save wins: a check that runs is aborted, one that waits never begins", async () => {
  const bench = new Bench();
  bench.watch.applied(batch());
  await settle();
  bench.watch.applied(batch());
  bench.watch.applied(batch());
  await settle();
  assert.deepEqual(
    bench.checks.map(({ signal }) => signal.aborted),
    [true, false],
  );
  bench.checks[1]?.resolve(checked(finding("no")));
  await bench.watch.idle;
  assert.deepEqual(bench.logger.lines, ["warn type error"]);
});

test("why types are not checked is told once", async () => {
  const bench = new Bench();
  assert.deepEqual(await bench.save({ type: "noCompiler" }), ["info types not checked"]);
  assert.match(String(bench.logger.fields[0]?.["reason"]), /npm install --save-dev typescript/);
  assert.deepEqual(await bench.save({ type: "noCompiler" }), []);
  assert.deepEqual(await bench.save({ type: "failed", reason: "no such option" }), ["info types not checked"]);
});

test("closing ends the check that runs", async () => {
  const bench = new Bench();
  bench.watch.applied(batch());
  await settle();
  await bench.watch.close();
  assert.equal(bench.checks[0]?.signal.aborted, true);
  assert.deepEqual(bench.logger.lines, []);
});

test("what a file that does not load has in types is not told, nor that it is mended", async () => {
  const bench = new Bench();
  await bench.save(checked(finding("no")));
  const problem = { file: "a.ts", line: 1, column: 1, reason: "syntax", frame: "" };
  const failures = [{ file: "a.ts", handlers: ["a"], problems: [problem] }];
  assert.deepEqual(await bench.save(checked(finding("expected ;")), { failures }), []);
  assert.deepEqual(await bench.save(checked(finding("no")), { revisions: [revision({ handler: "a" })] }), []);
  assert.deepEqual(await bench.save(checked()), ["info types mended"]);
});
