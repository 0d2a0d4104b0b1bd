import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { customDecodingError } from "#devcluster/registry/custom/custom-decoding.ts";
import { customSchema } from "#devcluster/registry/custom/custom-schema.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { withoutForbiddenNulls } from "#devcluster/schema/decoding/forbidden-nulls.ts";
import { prune } from "#devcluster/schema/decoding/prune.ts";
import { unknownFields } from "#devcluster/schema/decoding/unknown-fields.ts";
import { fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { askApiServer, type Answer } from "../../../support/ask-api-server.ts";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../../support/kube-api-server.ts";
import { CUSTOM_BODY_CASES, WIDGET_SCHEMA, type CustomBodyCase } from "../../captured/custom-body-cases.ts";

type Outcome =
  | { readonly spec: unknown; readonly metadata: unknown; readonly warnings: readonly string[] }
  | { readonly error: string };

const captured = new CapturedAnswers<Outcome>(join(import.meta.dirname, "../../captured/custom-body-outcomes.json"));
const HEAD = { apiVersion: "example.com/v1", kind: "Widget" };

suite("a custom resource's body", () => {
  const answers = captured.read();

  for (const [title, one] of Object.entries(CUSTOM_BODY_CASES)) {
    test(`with ${title} becomes what the real server makes of it`, () => {
      assert.deepEqual(outcomeOf(one), answers.get(title));
    });
  }
});

suite("a custom resource's body on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("becomes what is expected here", async () => {
    const ask = askApiServer(server);
    const create = (path: string, body: object): Promise<Answer> => ask({ method: "POST", path, body });
    await create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition());
    await delay(3000);
    const answers = new Map<string, Outcome>();
    for (const [title, { body, strict }] of Object.entries(CUSTOM_BODY_CASES)) {
      const validation = strict === true ? "Strict" : "Warn";
      const path = `/apis/example.com/v1/namespaces/default/widgets?dryRun=All&fieldValidation=${validation}`;
      answers.set(title, answered(await create(path, { ...HEAD, ...body })));
    }
    captured.assertCaptured(answers);
  });
});

function outcomeOf({ body, strict }: CustomBodyCase): Outcome {
  const schema = customSchema(WIDGET_SCHEMA);
  const whole = { ...HEAD, ...body };
  const error = customDecodingError(schema, whole);
  if (error !== undefined) return { error };
  const warnings = unknownFields(schema, whole);
  if (strict === true && warnings.length > 0) return { error: `strict decoding error: ${warnings.join(", ")}` };
  const object = withoutForbiddenNulls(schema, applyDefaults(schema, prune(schema, whole)));
  return { spec: fieldOf(object, "spec") ?? null, metadata: fieldOf(object, "metadata"), warnings };
}

function answered({ body, warnings }: Answer): Outcome {
  if (textOf(body, "kind") === "Status") {
    return { error: (textOf(body, "message") ?? "").replace(/^.* cannot be handled as a \w+: /, "") };
  }
  const texts = warnings
    .flatMap((warning) => Array.from(warning.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g), ([, text = ""]) => text))
    .map((text) => text.replaceAll('\\"', '"'));
  return { spec: fieldOf(body, "spec") ?? null, metadata: sentMetadata(fieldOf(body, "metadata")), warnings: texts };
}

/** Without what the server adds to it. */
function sentMetadata(metadata: unknown): JsonRecord {
  const { name, labels, annotations, finalizers } = isRecord(metadata) ? metadata : {};
  return JSON.parse(JSON.stringify({ name, labels, annotations, finalizers })) as JsonRecord;
}

function definition(): object {
  const version = { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: WIDGET_SCHEMA } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "widgets", kind: "Widget" },
      versions: [{ ...version, subresources: { status: {} } }],
    },
  };
}
