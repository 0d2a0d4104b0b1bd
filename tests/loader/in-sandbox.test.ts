import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { posix } from "node:path";
import nodeQuerystring from "node:querystring";
import { test } from "node:test";
import { domainToASCII, domainToUnicode } from "node:url";
import { format, inspect, isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { builtIn as assertion } from "#loader/in-sandbox/assert.ts";
import { builtIn as buffer } from "#loader/in-sandbox/buffer.ts";
import { deepEqual } from "#loader/in-sandbox/deep-equal.ts";
import { builtIn as Emitter } from "#loader/in-sandbox/events.ts";
import { builtIn as os } from "#loader/in-sandbox/os.ts";
import { builtIn as path } from "#loader/in-sandbox/path.ts";
import { builtIn as processModule } from "#loader/in-sandbox/process.ts";
import { createProcess } from "#sandbox/guest/realm/shims/process.ts";
import { builtIn as punycode } from "#loader/in-sandbox/punycode.ts";
import { builtIn as querystring } from "#loader/in-sandbox/querystring.ts";
import { builtIn as decoder } from "#loader/in-sandbox/string-decoder.ts";
import { builtIn as timersPromises } from "#loader/in-sandbox/timers-promises.ts";
import { builtIn as timers } from "#loader/in-sandbox/timers.ts";
import { builtIn as url } from "#loader/in-sandbox/url.ts";
import { builtIn as util } from "#loader/in-sandbox/util.ts";

const SEED = { seed: 20_261_125, numRuns: 2_000 };
const anyPath = fc
  .array(fc.constantFrom("a", "b.ts", ".c", "..", ".", "", "d."), { maxLength: 6 })
  .map((parts) => parts.join("/").replace(/^\/+/, "/"));

test("path agrees with Node's", () => {
  fc.assert(
    fc.property(anyPath, anyPath, (a, b) => {
      for (const name of ["normalize", "dirname", "basename", "extname", "isAbsolute"] as const) {
        assert.equal(path[name](a), posix[name](a), `${name}(${a})`);
      }
      assert.equal(path.join(a, b), posix.join(a, b));
      assert.equal(path.resolve("/", a, b), posix.resolve("/", a, b));
      assert.equal(path.relative(`/${a}`, `/${b}`), posix.relative(`/${a}`, `/${b}`));
      // Node takes `/..` for a name with an extension.
      fc.pre(posix.basename(a) !== "..");
      assert.deepEqual(path.parse(a), posix.parse(a));
      assert.equal(path.format(path.parse(a)), posix.format(posix.parse(a)));
    }),
    SEED,
  );
  assert.equal(path.basename("a/b.ts", ".ts"), "b");
});

test("querystring agrees with Node's", () => {
  const text = "a=1&b=%20x+y&a=2&c&=d&e=%zz";
  assert.deepEqual(querystring.parse(text), { ...nodeQuerystring.parse(text) });
  assert.equal(
    querystring.stringify({ a: ["1", "2"], "b c": "x&y" }),
    nodeQuerystring.stringify({ a: ["1", "2"], "b c": "x&y" }),
  );
});

test("punycode agrees with the platform", () => {
  for (const domain of ["münchen.de", "例え.jp", "плюс.рф", "plain.org", "a-ü-b.example"]) {
    assert.equal(punycode.toASCII(domain), domainToASCII(domain));
    assert.equal(punycode.toUnicode(domainToASCII(domain)), domainToUnicode(domain));
  }
});

test("deep equality agrees with Node's", () => {
  const value = fc.anything({ withDate: true, withMap: true, maxDepth: 3 });
  fc.assert(
    fc.property(value, value, (a, b) => {
      assert.equal(deepEqual(a, structuredClone(a)), isDeepStrictEqual(a, structuredClone(a)));
      assert.equal(deepEqual(a, b), isDeepStrictEqual(a, b));
    }),
    SEED,
  );
});

test("format agrees with Node's", () => {
  const cases: unknown[][] = [
    ["%s is %d%%", "a", 4],
    ["%j", { a: [1] }],
    ["plain", "more", 2],
    ["%i %f", "4.5", "4.5"],
    ["%s"],
  ];
  for (const args of cases) assert.equal(util.format(...args), format(...args));
});

test("inspect shows values as Node's does where they are short", () => {
  for (const value of [{ a: 1, b: "x" }, [1, 2], [], {}, null, undefined, 4n, new Map([[1, { a: 2 }]]), new Set([1])]) {
    assert.equal(util.inspect(value), inspect(value).replaceAll("'", typeof value === "object" ? '"' : "'"));
  }
  const circular: { self?: unknown } = {};
  circular.self = circular;
  assert.equal(util.inspect(circular), "{ self: [Circular] }");
});

test("emitter calls listeners in order, once or for good, as Node's does", () => {
  const log = (emitter: InstanceType<typeof Emitter> | EventEmitter): string[] => {
    const heard: string[] = [];
    const last = (text: unknown): void => void heard.push(`last ${String(text)}`);
    emitter.on("x", last);
    emitter.once("x", (text) => void heard.push(`once ${String(text)}`));
    emitter.prependListener("x", (text) => void heard.push(`first ${String(text)}`));
    emitter.emit("x", 1);
    emitter.off("x", last);
    heard.push(String(emitter.emit("x", 2)), String(emitter.emit("y")), String(emitter.listenerCount("x")));
    return heard;
  };
  assert.deepEqual(log(new Emitter()), log(new EventEmitter()));
  assert.throws(() => new Emitter().emit("error", new Error("unheard")), /unheard/);
});

test("emitter's once resolves with the next event and rejects with an error", async () => {
  const emitter = new Emitter();
  const next = Emitter.once(emitter, "x");
  emitter.emit("x", 1, 2);
  assert.deepEqual(await next, [1, 2]);
  const failing = Emitter.once(emitter, "x");
  emitter.emit("error", new Error("boom"));
  await assert.rejects(failing, /boom/);
  assert.deepEqual(emitter.eventNames(), []);
});

test("assertions pass and fail as Node's strict ones do", async () => {
  assertion(true);
  assertion.deepEqual({ a: [1] }, { a: [1] });
  assertion.throws(() => assertion.equal(1, "1"));
  assert.throws(() => assertion.ok(0), { name: "AssertionError", code: "ERR_ASSERTION" });
  assert.throws(() => assertion.strict.equal(1, 2, "said"), /said/);
  await assertion.rejects(Promise.reject(new Error("no")));
  await assert.rejects(assertion.rejects(Promise.resolve()), /Nothing was rejected/);
});

test("string decoder keeps a split character for the next chunk", () => {
  const bytes = Buffer.from("grün");
  const split = new decoder.StringDecoder("utf8");
  assert.equal(split.write(bytes.subarray(0, 3)) + split.end(bytes.subarray(3)), "grün");
});

test("file URLs and paths are each other's reverse", () => {
  assert.equal(url.fileURLToPath(url.pathToFileURL("/a b/ü#?.ts")), "/a b/ü#?.ts");
  assert.throws(() => url.fileURLToPath("https://example.com"), /no file URL/);
  const { protocol, host, query } = url.parse("https://example.com:8443/p?a=1#h");
  assert.deepEqual([protocol, host, query], ["https:", "example.com:8443", "a=1"]);
  assert.equal(url.parse("/p?a=1")["pathname"], "/p");
});

test("promisify and timers work on the sandbox's own timers", async () => {
  const later = util.promisify((value, done) => {
    if (typeof done === "function") timers.setImmediate(() => done(null, value));
  });
  assert.equal(await later(7), 7);
  assert.equal(await timersPromises.setTimeout(1, "value"), "value");
  const stop = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(timersPromises.setTimeout(1, "value", { signal: stop }), /stopped/);
});

test("process and os tell nothing about the host", () => {
  const process = createProcess(() => 0);
  assert.deepEqual([process.env, process.argv, process.cwd()], [{}, [], "/"]);
  assert.deepEqual([os.hostname(), os.cpus(), os.networkInterfaces()], ["handler", [], {}]);
  assert.equal(buffer.Buffer, Buffer);
});

test("node:process is the global one", () => {
  assert.equal(processModule, globalThis.process);
});
