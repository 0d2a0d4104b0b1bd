import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { StatusError } from "#devcluster/api-status.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { ApiServerRig, type ServerAnswer } from "../../support/api-server-rig.ts";

const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";
const WIDGETS = "/apis/example.com/v1/namespaces/shop/widgets";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
const JSON_TYPE = { "content-type": "application/json" };

function parsed({ text }: ServerAnswer): JsonRecord {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
}

async function rigWith(...names: readonly string[]): Promise<ApiServerRig> {
  const rig = await ApiServerRig.start();
  for (const name of names) {
    await rig.ask(CONFIG_MAPS, { method: "POST", body: JSON.stringify({ metadata: { name }, data: { a: "b" } }) });
  }
  rig.operations.calls.length = 0;
  return rig;
}

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

suite("a list", () => {
  test("of a built-in kind leaves out what its items are", async () => {
    await using rig = await rigWith("a");
    rig.operations.continueToken = "next";
    rig.operations.remainingItemCount = 3;

    assert.deepEqual(parsed(await rig.ask(CONFIG_MAPS)), {
      kind: "ConfigMapList",
      apiVersion: "v1",
      metadata: { resourceVersion: "7", continue: "next", remainingItemCount: 3 },
      items: [{ metadata: { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" }, data: { a: "b" } }],
    });
  });

  test("of custom resources says it of each", async () => {
    await using rig = await rigWith();
    const widget = { kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "w" } };
    await rig.ask(WIDGETS, { method: "POST", body: JSON.stringify(widget) });

    assert.deepEqual(parsed(await rig.ask(WIDGETS)), {
      kind: "WidgetList",
      apiVersion: "example.com/v1",
      metadata: { continue: "", resourceVersion: "7" },
      items: [{ ...widget, metadata: { name: "w", namespace: "shop", uid: "uid-1", resourceVersion: "7" } }],
    });
  });

  test("is a table for kubectl", async () => {
    await using rig = await rigWith("a");

    const table = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept: TABLE } }));

    const metadata = { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" };
    assert.deepEqual(table, {
      kind: "Table",
      apiVersion: "meta.k8s.io/v1",
      metadata: { resourceVersion: "7" },
      columnDefinitions: [{ name: "Name", type: "string" }],
      rows: [{ cells: ["a"], object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata } }],
    });
  });

  test("as a table carries as much of each object as the client asks for", async () => {
    await using rig = await rigWith("a");
    const objectWith = async (include: string): Promise<unknown> => {
      const { text } = await rig.ask(`${CONFIG_MAPS}?includeObject=${include}`, { headers: { accept: TABLE } });
      return (JSON.parse(text) as { rows: { object: JsonRecord | null }[] }).rows[0]?.object?.["kind"];
    };

    assert.equal(await objectWith("Object"), "ConfigMap");
    assert.equal(await objectWith("Metadata"), "PartialObjectMetadata");
    assert.equal(await objectWith("None"), undefined);
    const bad = await rig.ask(`${CONFIG_MAPS}?includeObject=x`, { headers: { accept: TABLE } });
    assert.equal(
      parsed(bad)["message"],
      "Unable to convert to Table as requested: includeObject: Invalid value: \"x\": must be 'Metadata', 'Object', 'None', or empty",
    );
  });

  test("is metadata alone for clients that want no more", async () => {
    await using rig = await rigWith("a");
    const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    const list = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept } }));

    assert.equal(list["kind"], "PartialObjectMetadataList");
    assert.deepEqual(list["items"], [
      {
        kind: "PartialObjectMetadata",
        apiVersion: "meta.k8s.io/v1",
        metadata: { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" },
      },
    ]);
  });

  test("is no single object's metadata, and an object's metadata is no list", async () => {
    await using rig = await rigWith("a");
    const accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

    const list = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept } }));
    const one = parsed(
      await rig.ask(`${CONFIG_MAPS}/a`, { headers: { accept: accept.replace("Metadata", "MetadataList") } }),
    );

    assert.equal(
      list["message"],
      "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)",
    );
    assert.equal(
      one["message"],
      "you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)",
    );
  });
});

suite("a write", () => {
  test("passes its options and its target on", async () => {
    await using rig = await rigWith("a");
    const path = `${CONFIG_MAPS}/a?dryRun=All&fieldManager=me&fieldValidation=Strict`;

    await rig.ask(path, { method: "PUT", headers: JSON_TYPE, body: '{"metadata":{"name":"a"}}' });

    const [call] = rig.operations.calls;
    assert.equal(call?.verb, "update");
    assert.deepEqual(
      [call.target.resource.plural, call.target.namespace, call.target.name, call.target.subresource],
      ["configmaps", "shop", "a", ""],
    );
    assert.deepEqual(call.options, { dryRun: true, fieldManager: "me", fieldValidation: "Strict", force: false });
  });

  test("of a patch passes it on as what it is", async () => {
    await using rig = await rigWith("a");

    const { code } = await rig.ask(`${CONFIG_MAPS}/a`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json", "user-agent": "tool/1" },
      body: '{"data":null}',
    });

    assert.equal(code, 200);
    assert.deepEqual(rig.operations.calls[0]?.input, { type: "merge", patch: { data: null } });
    assert.deepEqual(rig.operations.calls[0].options, {
      dryRun: false,
      fieldManager: "tool",
      fieldValidation: "Warn",
      force: false,
    });
  });

  test("in protobuf is decoded as what the resource takes", async () => {
    await using rig = await rigWith();

    const { code } = await rig.ask(CONFIG_MAPS, {
      method: "POST",
      headers: { "content-type": "application/vnd.kubernetes.protobuf" },
      body: Buffer.from("k8s\0name"),
    });

    assert.equal(code, 201);
    assert.ok(rig.operations.objects.has("name"));
  });

  test("with more than 3 MiB is refused with the real server's 413, and the connection stays usable", async () => {
    await using rig = await rigWith();

    const { code, text } = await rig.ask(CONFIG_MAPS, {
      method: "POST",
      body: Buffer.alloc(3 * 1024 * 1024 + 1, 0x20),
    });

    assert.equal(code, 413);
    assert.deepEqual(JSON.parse(text), {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "Request entity too large: limit is 3145728",
      reason: "RequestEntityTooLarge",
      code: 413,
    });
    assert.deepEqual(rig.operations.calls, []);
  });
});

suite("a delete", () => {
  test("answers with a Status that names what is gone", async () => {
    await using rig = await rigWith("a");

    assert.deepEqual(parsed(await rig.ask(`${CONFIG_MAPS}/a`, { method: "DELETE" })), {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: "a", kind: "configmaps", uid: "uid-1" },
    });
  });

  test("answers with the object while it stays, and for kinds that the real server gives back", async () => {
    await using rig = await rigWith("a");
    const kindAfterDelete = async (path: string): Promise<unknown> =>
      parsed(await rig.ask(path, { method: "DELETE" }))["kind"];

    assert.equal(await kindAfterDelete("/api/v1/namespaces/shop/pods/a"), "ConfigMap");
    rig.operations.deleteResult = "terminating";
    assert.equal(await kindAfterDelete(`${CONFIG_MAPS}/a`), "ConfigMap");
  });

  test("takes its options from a body", async () => {
    await using rig = await rigWith("a");

    await rig.ask(`${CONFIG_MAPS}/a`, { method: "DELETE", headers: JSON_TYPE, body: '{"propagationPolicy":"Orphan"}' });

    assert.deepEqual(rig.operations.calls[0]?.options, {
      dryRun: false,
      gracePeriodSeconds: undefined,
      propagationPolicy: "Orphan",
      preconditions: {},
    });
  });

  test("of a collection passes the selection and answers with a list", async () => {
    await using rig = await rigWith("a");

    const list = parsed(await rig.ask(`${CONFIG_MAPS}?labelSelector=a`, { method: "DELETE" }));

    assert.equal(list["kind"], "ConfigMapList");
    assert.equal(rig.operations.calls[0]?.verb, "deleteCollection");
    assert.equal((rig.operations.calls[0].input as JsonRecord)["labelSelector"], "a");
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
