import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { StatusCause } from "#devcluster/api-status.ts";
import { customSchema } from "#devcluster/registry/custom/custom-schema.ts";
import { customCauses } from "#devcluster/registry/custom/custom-validation.ts";
import { withoutForbiddenNulls } from "#devcluster/schema/decoding/forbidden-nulls.ts";
import { isRecord } from "#kernel/json-value.ts";
import { askApiServer, type Answer } from "../../../support/ask-api-server.ts";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { causesOf, inOrderOfFields } from "../../../support/causes-of.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../../support/kube-api-server.ts";
import { VALUE_CASES } from "../../captured/value-cases.ts";

const captured = new CapturedAnswers<readonly StatusCause[]>(
  join(import.meta.dirname, "../../captured/value-causes.json"),
);

const fieldNames = VALUE_CASES.map((_, index) => `c${index}`);
const properties = Object.fromEntries(VALUE_CASES.map(({ schema }, index) => [fieldNames[index], schema]));
const openApiSchema = { type: "object", properties: { spec: { type: "object", properties } } };

suite("a custom resource's value", () => {
  const schema = customSchema(openApiSchema);
  const answers = captured.read();

  for (const [index, { title, value }] of VALUE_CASES.entries()) {
    test(`${title} has the real server's causes`, () => {
      const object = withoutForbiddenNulls(schema, { spec: { [fieldNames[index] ?? ""]: value } });
      const causes = customCauses(schema, isRecord(object) ? object : {});

      assert.deepEqual(inOrderOfFields(causes), answers.get(title));
    });
  }
});

suite("a custom resource's value on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("has the causes that are expected here", async () => {
    const ask = askApiServer(server);
    const create = (path: string, body: object): Promise<Answer> => ask({ method: "POST", path, body });
    await create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition());
    await delay(3000);
    const answers = new Map<string, readonly StatusCause[]>();
    for (const [index, { title, value }] of VALUE_CASES.entries()) {
      const path = "/apis/example.com/v1/namespaces/default/things?dryRun=All";
      const spec = { [fieldNames[index] ?? ""]: value };
      const { body } = await create(path, {
        apiVersion: "example.com/v1",
        kind: "Thing",
        metadata: { name: "t" },
        spec,
      });
      answers.set(title, inOrderOfFields(causesOf(body)));
    }
    captured.assertCaptured(answers);
  });
});

function definition(): object {
  const version = { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: openApiSchema } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "things", kind: "Thing" },
      versions: [version],
    },
  };
}
