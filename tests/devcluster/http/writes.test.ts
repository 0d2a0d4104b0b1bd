import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { CONFIG_MAPS, parsed, rigWith } from "../../support/config-maps-rig.ts";

const JSON_TYPE = { "content-type": "application/json" };

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

    rig.operations.answersWithObject = true;
    assert.equal(await kindAfterDelete(`${CONFIG_MAPS}/a`), "ConfigMap");
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
