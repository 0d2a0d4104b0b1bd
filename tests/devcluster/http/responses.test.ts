import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { StatusError } from "#devcluster/api-status.ts";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { CONFIG_MAPS, parsed, rigWith, TABLE } from "../../support/config-maps-rig.ts";
import { servedResource } from "../../support/served-resources.ts";

suite("answers", () => {
  test("are one line of JSON with the real server's headers", async () => {
    await using rig = await rigWith("a");

    const { headers, text } = await rig.ask(`${CONFIG_MAPS}/a`);

    assert.match(text, /^\{.*\}\n$/);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["cache-control"], "no-cache, private");
    assert.match(headers["audit-id"]?.toString() ?? "", /^[\da-f-]{36}$/);
    assert.equal(headers["content-length"], String(Buffer.byteLength(text)));
  });

  test("are indented for people: for curl, for browsers, and on request", async () => {
    await using rig = await rigWith("a");
    const isIndented = async (path: string, agent: string): Promise<boolean> =>
      (await rig.ask(path, { headers: { "user-agent": agent } })).text.startsWith("{\n  ");

    assert.equal(await isIndented(`${CONFIG_MAPS}/a`, "curl/8.0"), true);
    assert.equal(await isIndented(`${CONFIG_MAPS}/a?pretty=true`, "kubectl"), true);
    assert.equal(await isIndented(`${CONFIG_MAPS}/a?pretty=false`, "curl/8.0"), false);
    assert.equal(await isIndented(`${CONFIG_MAPS}/a`, "kubectl"), false);
  });

  test("carry each warning once, in a header of its own", async () => {
    await using rig = await rigWith();
    rig.operations.warnings = ['unknown field "spec.é"', "again", "again"];

    const response = await rig.open(CONFIG_MAPS, { method: "POST", body: '{"metadata":{"name":"a"}}' });
    response.resume();

    const warnings = response.headersDistinct["warning"]?.map((one) => Buffer.from(one, "latin1").toString());
    assert.deepEqual(warnings, [String.raw`299 - "unknown field \"spec.é\""`, '299 - "again"']);
  });

  test("of a deprecated resource warn, whatever they say", async () => {
    const resource = servedResource({ kind: "Old", plural: "olds", deprecationWarning: "v1 Old is deprecated" });
    const resources = { find: () => resource, all: () => [resource] };
    await using rig = await ApiServerRig.start({ resources }, { tls: false });
    const warningAt = async (path: string): Promise<unknown> => (await rig.ask(path)).headers["warning"];

    assert.equal(await warningAt("/api/v1/namespaces/default/olds"), '299 - "v1 Old is deprecated"');
    assert.equal(await warningAt("/api/v1/namespaces/default/olds/nope"), '299 - "v1 Old is deprecated"');
  });

  test("longer than 128 KiB are compressed for clients that take it", async () => {
    await using rig = await rigWith();
    const data = { a: "b".repeat(200_000) };
    await rig.ask(CONFIG_MAPS, { method: "POST", body: JSON.stringify({ metadata: { name: "a" }, data }) });

    const zipped = await rig.ask(CONFIG_MAPS, { headers: { "accept-encoding": "deflate, gzip" } });
    const plain = await rig.ask(CONFIG_MAPS);
    const small = await rig.ask(`${CONFIG_MAPS}?watch=0`, { headers: { accept: TABLE, "accept-encoding": "gzip" } });

    assert.equal(zipped.headers["content-encoding"], "gzip");
    assert.equal(zipped.headers["vary"], "Accept-Encoding");
    assert.equal(gunzipSync(zipped.bytes).toString(), plain.text);
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.equal(small.headers["content-encoding"], undefined);
  });

  test("are YAML for clients that want it", async () => {
    await using rig = await rigWith("a");

    const { headers, text } = await rig.ask(`${CONFIG_MAPS}/a`, { headers: { accept: "application/yaml" } });

    assert.equal(headers["content-type"], "application/yaml");
    assert.equal(
      text,
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\n  resourceVersion: "7"\n  uid: uid-1\n',
    );
  });
});

suite("a failure", () => {
  test("is the Status that was thrown", async () => {
    await using rig = await rigWith();

    const answer = await rig.ask(`${CONFIG_MAPS}/a`);

    assert.equal(answer.code, 404);
    assert.deepEqual(parsed(answer), {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: 'configmaps "a" not found',
      reason: "NotFound",
      details: { name: "a", kind: "configmaps" },
      code: 404,
    });
  });

  test("that says when to come back says it in a header too", async () => {
    await using rig = await rigWith();
    rig.operations.failure = new StatusError(429, "TooManyRequests", "slow down", { retryAfterSeconds: 3 });

    assert.equal((await rig.ask(CONFIG_MAPS)).headers["retry-after"], "3");
  });

  test("that nobody expected is a 500, and is reported", async () => {
    await using rig = await rigWith();
    const failure = new Error("boom");
    rig.operations.failure = failure;

    const answer = await rig.ask(CONFIG_MAPS);

    assert.equal(answer.code, 500);
    assert.equal(parsed(answer)["message"], "Internal error occurred: boom");
    assert.equal(parsed(answer)["reason"], "InternalError");
    assert.deepEqual(rig.errors, [failure]);
  });

  test("to open a watch is a Status, not a stream", async () => {
    await using rig = await rigWith();
    rig.operations.failure = new StatusError(400, "BadRequest", "bad selector");

    const answer = await rig.ask(`${CONFIG_MAPS}?watch=1`);

    assert.equal(answer.code, 400);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(parsed(answer)["message"], "bad selector");
  });
});
