import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../fixtures/programs/web-globals.ts";
import { onEachEngine } from "../support/on-each-engine.ts";
import { pool } from "../support/sandbox-rig.ts";

onEachEngine("globals of a handler", ({ serve }) => {
  test("the globals of a sandbox behave as Node's own", async (t) => {
    const { run, logs } = await serve(await pool(t), "web-globals");
    for (const [name, evaluate] of Object.entries(cases)) {
      await t.test(name, async () => {
        assert.deepEqual(await run(name), { type: "returned", requeueAfterMs: undefined });
        const inside = String(logs.at(-1)?.fields["json"]);
        assert.deepEqual(JSON.parse(inside), JSON.parse(JSON.stringify(await evaluate())));
      });
    }
  });

  test("what crypto.subtle does not have in a sandbox rejects and says what there is", async (t) => {
    const { run, logs } = await serve(await pool(t), "asks-for-ciphers");
    assert.equal((await run()).type, "returned");
    const hashes = "there is SHA-1, SHA-256, SHA-384, SHA-512";
    assert.deepEqual(logs[0]?.fields["rejections"], [
      `NotSupportedError: "SHA3-256" is no hash that crypto.subtle has here; ${hashes}`,
      `NotSupportedError: "AES-GCM" is no algorithm that crypto.subtle has here; there is HMAC`,
      `NotSupportedError: "ECDSA" is no algorithm that crypto.subtle has here; there is HMAC`,
      `NotSupportedError: A key of 13 bits is not there; there is any number of whole bytes`,
      ...["encrypt", "decrypt", "deriveKey", "deriveBits", "wrapKey", "unwrapKey"].map(
        (method) => `NotSupportedError: "${method}" is not there; there is digest, sign and verify with HMAC`,
      ),
    ]);
  });

  test("a handler signs a webhook as GitHub does", async (t) => {
    const env = { SECRET: "It's a Secret to Everybody" };
    const { run, logs } = await serve(await pool(t), "signs-a-webhook", { env });
    assert.equal((await run()).type, "returned");
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    const header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assert.deepEqual(logs[0]?.fields, { header, verified: true });
  });
});
