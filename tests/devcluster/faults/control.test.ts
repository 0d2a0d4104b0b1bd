import assert from "node:assert/strict";
import { after, afterEach, before, suite, test } from "node:test";
import { configMap } from "../../support/test-cluster/objects.ts";
import { openEmbeddedServer, type EmbeddedServer } from "../../support/test-cluster/open-embedded-server.ts";

suite("the control of faults over HTTP", () => {
  let server: EmbeddedServer;

  before(async () => {
    server = await openEmbeddedServer();
  });
  afterEach(() => server.faults.clear());
  after(() => server.stop());

  test("plans a fault for the requests that match", async () => {
    await server.faults.plan({ match: { verb: "get", resource: "configmaps" }, fault: { type: "status", code: 503 } });

    await assert.rejects(server.get(configMap("a")), /503/);
    assert.equal(await server.get(configMap("a")), undefined);
  });

  test("is itself out of reach of faults, so that they can be taken back", async () => {
    await server.faults.plan({ times: "always", fault: { type: "hangUp" } });
    await assert.rejects(server.get(configMap("a")));

    await server.faults.clear();

    assert.equal(await server.get(configMap("a")), undefined);
  });

  test("says what is wrong with a rule", async () => {
    const rule = { fault: { type: "status", code: 503, body: "text" } } as const;

    await assert.rejects(server.faults.plan(rule), /400 .*Cannot plan the fault: fault of type status has no .*body/);
  });
});
