import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { StatusCause } from "#devcluster/api-status.ts";
import { definitionCauses } from "#devcluster/registry/definitions/definition-validation.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { askApiServer } from "../../../support/ask-api-server.ts";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { causesOf, inOrderOfFields } from "../../../support/causes-of.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../../support/kube-api-server.ts";
import { DEFINITION_CASES, definitionWith } from "../../captured/definition-cases.ts";

const captured = new CapturedAnswers<readonly StatusCause[]>(
  join(import.meta.dirname, "../../captured/definition-causes.json"),
);

suite("a definition", () => {
  const answers = captured.read();

  for (const [title, change] of Object.entries(DEFINITION_CASES)) {
    test(`with ${title} has the real server's causes`, () => {
      const causes = definitionCauses(read(definitionWith(change)));

      assert.deepEqual(inOrderOfFields(causes), answers.get(title));
    });
  }
});

test("what makes a definition's objects what they are cannot change", () => {
  const status = { conditions: [{ type: "Established", status: "True" }] };
  const old = { ...read(definitionWith({})), status };
  const causes = definitionCauses(read(definitionWith({ spec: { scope: "Cluster" } })), old);

  assert.deepEqual(causes, [
    { reason: "FieldValueInvalid", message: 'Invalid value: "Cluster": field is immutable', field: "spec.scope" },
  ]);
});

suite("a definition on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("has the causes that are expected here", async () => {
    const ask = askApiServer(server);
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All";
    const answers = new Map<string, readonly StatusCause[]>();
    for (const [title, change] of Object.entries(DEFINITION_CASES)) {
      const { body } = await ask({ method: "POST", path, body: definitionWith(change) });
      answers.set(title, inOrderOfFields(causesOf(body)));
    }
    captured.assertCaptured(answers);
  });
});

function read(definition: JsonRecord): JsonRecord {
  const schema = builtInSchema("apiextensions.v1.CustomResourceDefinition");
  const value = applyDefaults(schema, storedForm(schema, definition));
  assert.ok(isRecord(value));
  return value;
}
