import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ApiServerRig } from "../../support/api-server-rig.ts";

const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";

suite("the API server", () => {
  test("answers over TLS on a loopback port of its own", async () => {
    await using rig = await ApiServerRig.start();

    assert.match(rig.server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await rig.ask("/healthz")).text, "ok");
  });

  test("answers over plain HTTP without credentials", async () => {
    await using rig = await ApiServerRig.start({}, { tls: false });

    assert.match(rig.server.url, /^http:/);
    assert.equal((await rig.ask("/readyz")).text, "ok");
  });

  test("refuses a wrong token before anything is routed", async () => {
    await using rig = await ApiServerRig.start();

    const { code, text } = await rig.ask(CONFIG_MAPS, { headers: { authorization: "Bearer wrong" } });

    assert.equal(code, 401);
    assert.equal(JSON.parse(text).reason, "Unauthorized");
    assert.deepEqual(rig.operations.calls, []);
  });

  test("creates, reads, replaces and deletes", async () => {
    await using rig = await ApiServerRig.start();
    const body = JSON.stringify({ metadata: { name: "a" } });

    const created = await rig.ask(CONFIG_MAPS, { method: "POST", body });
    const read = await rig.ask(`${CONFIG_MAPS}/a`);
    const replaced = await rig.ask(`${CONFIG_MAPS}/a`, { method: "PUT", body });
    const deleted = await rig.ask(`${CONFIG_MAPS}/a`, { method: "DELETE" });

    assert.deepEqual(
      [created, read, replaced, deleted].map(({ code }) => code),
      [201, 200, 200, 200],
    );
    assert.deepEqual(JSON.parse(read.text), {
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" },
    });
  });

  test("closes running watches and refuses to be asked again", async () => {
    const rig = await ApiServerRig.start();
    const watch = await rig.open(`${CONFIG_MAPS}?watch=1`);
    const broken = new Promise((resolve) => watch.once("error", resolve));
    watch.resume();

    await rig.server.close();
    await rig.server.close();

    assert.ok(await broken);
    await assert.rejects(rig.ask("/healthz"), { code: "ECONNREFUSED" });
    assert.equal(rig.operations.sinks.size, 0);
  });
});
