import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { generatedFiles } from "#devcluster/schema/generation/generated-files.ts";
import { startAuditedServer, type AuditedServer } from "../../../support/audited-server.ts";
import { skipWithoutApiServer } from "../../../support/kube-api-server.ts";

const RUNTIME = join(import.meta.dirname, "../../../../runtime/devcluster");

suite("tables of built-in kinds", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: AuditedServer;
  before(async () => {
    server = await startAuditedServer();
  });
  after(() => server.stop());

  test("generating them again gives what is committed", async () => {
    const files = await generatedFiles(server);

    assert.equal(files.schemas, readFileSync(join(RUNTIME, "schema/built-in/built-in-schemas.generated.ts"), "utf8"));
    assert.equal(
      files.resources,
      readFileSync(join(RUNTIME, "registry/built-in/built-in-resources.generated.ts"), "utf8"),
    );
  });
});
