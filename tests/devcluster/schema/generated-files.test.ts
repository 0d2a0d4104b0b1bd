import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { generatedFiles } from "#devcluster/schema/generated-files.ts";
import { askApiServer } from "../../support/ask-api-server.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";

const RUNTIME = join(import.meta.dirname, "../../../runtime/devcluster");

suite("tables of built-in kinds", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("generating them again gives what is committed", async () => {
    const ask = askApiServer(server);
    const files = await generatedFiles({
      get: async (path, accept) => (await ask({ method: "GET", path, accept })).body,
      post: async (path, body) => (await ask({ method: "POST", path, body })).body,
    });

    assert.equal(files.schemas, readFileSync(join(RUNTIME, "schema/built-in-schemas.generated.ts"), "utf8"));
    assert.equal(files.resources, readFileSync(join(RUNTIME, "registry/built-in-resources.generated.ts"), "utf8"));
  });
});
