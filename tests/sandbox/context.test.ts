import assert from "node:assert/strict";
import { test } from "node:test";
import { onEachEngine } from "../support/on-each-engine.ts";
import { FREE_HOST_TIME } from "../support/free-host-time.ts";
import { podEvent, pool } from "../support/sandbox-rig.ts";

const EVENT = { id: "web/1/added", namespace: "shop", name: "web" };

/** An error as a broker throws it. */
function refusal(message: string, code: string, name = "Error"): Error {
  return Object.assign(new Error(message), { name, code });
}

onEachEngine("context of a handler", ({ serve }) => {
  test("listers ask the host synchronously and get what its cache holds", async (t) => {
    const asked: unknown[] = [];
    const read = (method: string, args: readonly unknown[], event: unknown): string => {
      asked.push([method, ...args]);
      assert.deepEqual(event, EVENT);
      return method === "lister.get" ? "null" : JSON.stringify(method);
    };
    const { run, logs } = await serve(await pool(t), "reads-listers", { read, listers: ["nodes"] });
    assert.equal((await run()).type, "returned");
    assert.deepEqual(asked, [
      ["lister.get", "a"],
      ["lister.get", "b", "other"],
      ["lister.list", { labelSelector: "app=web", limit: 2 }],
      ["lister.list"],
      ["lister.byIndex", "byNode", "n1"],
      ["lister.count"],
      ["listers.nodes.get", "n1"],
    ]);
    assert.deepEqual(logs[0]?.fields["answers"], [
      null,
      null,
      "lister.list",
      "lister.list",
      "lister.byIndex",
      "lister.count",
      "listers.nodes.get",
    ]);
  });

  test("a read answers with bytes as they are", async (t) => {
    const read = (): Uint8Array => Buffer.from('[{"name":"ü"}]');
    const { run, logs } = await serve(await pool(t), "reads-listers", { read, listers: ["nodes"] });
    await run();
    assert.deepEqual(
      logs[0]?.fields["answers"],
      Array.from({ length: 7 }, () => [{ name: "ü" }]),
    );
  });

  test("an answer over the limit throws in the handler and names what makes it smaller", async (t) => {
    const read = (): Uint8Array => Buffer.alloc(8 * 2 ** 20 + 1, "1");
    const { run, logs } = await serve(await pool(t), "reads-too-much", { read });
    assert.equal((await run()).type, "returned");
    assert.equal(logs[0]?.fields["name"], "RangeError");
    assert.match(String(logs[0]?.fields["message"]), /lister\.list: 8\.0 MiB, the limit is 8 MiB.*"fields" or "limit"/);
  });

  test("a question that is too long throws in the handler and is not asked", async (t) => {
    const read = () => assert.fail("it was asked");
    const { run, logs } = await serve(await pool(t), "asks-too-much", { read });
    assert.equal((await run()).type, "returned");
    assert.deepEqual(logs[0]?.fields, {
      name: "RangeError",
      message: "message too large: 300043 bytes, the limit is 262144",
    });
  });

  test("what the handler reads and calls is done at its cost, once", async (t) => {
    const costs: unknown[] = [];
    let within = 0;
    const spend = <T>(work: () => T): T => {
      within++;
      try {
        return work();
      } finally {
        within--;
      }
    };
    const read = (method: string): string => (costs.push([method, within]), "0");
    const call = async (method: string): Promise<string> => (costs.push([method, within]), "null");
    const { run } = await serve(await pool(t), "reads-and-calls", {
      read,
      call,
      hostTime: { ...FREE_HOST_TIME, spend },
    });
    assert.equal((await run()).type, "returned");
    assert.deepEqual(costs, [
      ["lister.count", 1],
      ["kube.get", 1],
    ]);
  });

  test("what a read throws, the handler catches with its code", async (t) => {
    const read = (): never => {
      throw refusal("Cannot read index", "NO_INDEX", "IndexError");
    };
    const { run, logs } = await serve(await pool(t), "reads-too-much", { read });
    await run();
    assert.deepEqual(logs[0]?.fields, { name: "IndexError", code: "NO_INDEX", message: "Cannot read index" });
  });

  test("a context is of no use after its event", async (t) => {
    const { run, logs } = await serve(await pool(t), "reads-after-its-event", { read: () => "1" });
    await run();
    await run();
    assert.deepEqual(logs[0]?.fields, { message: "Cannot call lister.count: the event is over" });
  });

  test("calls go to the host with the event, and their answer comes back", async (t) => {
    const asked: unknown[] = [];
    const call = async (method: string, args: readonly unknown[], event: unknown): Promise<string> => {
      asked.push([method, args, event]);
      return '{"metadata":{"uid":"1"}}';
    };
    const { run, logs } = await serve(await pool(t), "calls-kube", { call });
    assert.equal((await run()).type, "returned");
    assert.deepEqual(asked, [
      ["kube.create", [{ apiVersion: "v1", kind: "Event" }], EVENT],
      ["kube.patch", ["deployments.apps", { name: "web" }, { spec: { replicas: 2 } }, { type: "merge" }], EVENT],
    ]);
    assert.deepEqual(logs[0]?.fields, { made: { metadata: { uid: "1" } } });
  });

  test("metrics are told to the host at once, and numbers that JSON does not know as text", async (t) => {
    const told: unknown[] = [];
    const read = (method: string, args: readonly unknown[]): string => {
      told.push([method, ...args]);
      return "null";
    };
    const { run } = await serve(await pool(t), "measures", { read });
    assert.equal((await run()).type, "returned");
    assert.deepEqual(told, [
      ["metrics.counter", "a_total"],
      ["metrics.counter", "a_total", 2],
      ["metrics.counter", "a_total", null, { x: "1" }],
      ["metrics.counter", "a_total", "NaN"],
      ["metrics.gauge", "b", "-Infinity"],
      ["metrics.histogram", "c", 1, null, { buckets: [1] }],
      ["metrics.remove", "a_total", { x: "1" }],
    ]);
  });

  test("every capability is there and fails as the host says", async (t) => {
    const refuse = (method: string): never => {
      throw refusal(`${method} is not available`, "UNAVAILABLE");
    };
    const call = async (method: string): Promise<string> => refuse(method);
    const { run, logs } = await serve(await pool(t), "calls-everything", { call, read: refuse });
    await run();
    const verbs = ["get", "list", "create", "apply", "patch", "patchStatus", "delete", "scale", "evict", "event"];
    const names = [
      ...verbs.map((verb) => `kube.${verb}`),
      "state.get",
      "state.set",
      "state.delete",
      "state.keys",
      "metrics.counter",
      "metrics.gauge",
      "metrics.histogram",
      "metrics.remove",
      "fetch",
    ];
    const expected = names.map((name) => [name, `Error UNAVAILABLE ${name} is not available`]);
    assert.deepEqual(logs[0]?.fields, Object.fromEntries(expected));
  });

  test("a refused call that the handler does not catch is permanent", async (t) => {
    const call = async (): Promise<string> => {
      throw refusal('add "delete pods" to allow.kube', "NOT_ALLOWED", "NotAllowedError");
    };
    const { run } = await serve(await pool(t), "passes-a-refusal-on", { call });
    const end = await run();
    assert.equal(end.type === "threw" && end.permanent, true);
    assert.equal(end.type === "threw" && end.error.code, "NOT_ALLOWED");
  });

  test("a refused call has the stack of the place that made it", async (t) => {
    const call = async (): Promise<string> => {
      throw refusal("not found", "NotFound");
    };
    const { run } = await serve(await pool(t), "passes-a-refusal-on", { call });
    const end = await run();
    const at = { file: "passes-a-refusal-on.ts", line: 1, column: 57 };
    assert.deepEqual(end.type === "threw" && end.error.at, at);
  });

  test("a refused call that nobody awaits is logged as unhandled", async (t) => {
    const call = async (): Promise<string> => {
      throw refusal("not found", "NotFound", "KubeError");
    };
    const { run, logs } = await serve(await pool(t), "forgets-to-await", { call });
    assert.equal((await run()).type, "returned");
    while (logs.length === 0) await run();
    assert.equal(logs[0]?.message, "unhandled error");
    assert.equal(logs[0]?.fields["error"], "KubeError: not found");
    assert.match(String(logs[0]?.fields["stack"]), /forgets-to-await\.ts:2:8/);
  });

  test("a handler sees the variables it was given, both objects, and its console goes to its log", async (t) => {
    const { sandbox, logs } = await serve(await pool(t), "logs-its-environment", { env: { SLACK_PATH: "/x" } });
    const old = Buffer.from('{"metadata":{"name":"before"}}');
    await sandbox.run({ ...podEvent("web"), old }, 5000);
    assert.deepEqual(logs, [
      { level: "warn", message: 'from console {"a":1} [2] x', fields: {}, event: EVENT },
      { level: "info", message: "env", fields: { SLACK_PATH: "/x", old: "before" }, event: EVENT },
    ]);
  });

  test("a log call takes any fields", async (t) => {
    const { run, logs } = await serve(await pool(t), "logs-odd-fields");
    assert.equal((await run()).type, "returned");
    const [circle, values, text, none, twice] = logs.map(({ fields }) => fields);
    assert.deepEqual(circle, { kept: 1, self: "[circular]" });
    assert.equal(values?.["big"], "10");
    assert.match(JSON.stringify(values?.["error"]), /"name":"TypeError","message":"bad"/);
    assert.equal(values?.["date"], "1970-01-01T00:00:00.000Z");
    assert.equal(values?.["symbol"], "Symbol(s)");
    assert.deepEqual([text, none, twice], [{ value: "just text" }, {}, { a: { x: 1 }, b: { x: 1 } }]);
  });

  test("log and console take values that have no text", async (t) => {
    const { run, logs } = await serve(await pool(t), "logs-unreadable-values");
    assert.equal((await run()).type, "returned");
    assert.deepEqual(
      logs.map(({ message }) => message),
      [
        "a value that cannot be read",
        '{"self":"[circular]"}',
        '{"list":["10",{"name":"Error"}]}',
        "deep",
        "undefined null () => 1",
      ],
    );
    assert.match(JSON.stringify(logs[3]?.fields), /^(\{"deep":){100}"\[deep\]"\}{100}$/);
  });
});
