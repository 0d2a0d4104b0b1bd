import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { decodingError } from "#devcluster/schema/decoding/decoding-error.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { unknownFields } from "#devcluster/schema/decoding/unknown-fields.ts";
import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf, resourceName } from "#resources/api-resource.ts";
import { startAuditedServer, type AuditedServer } from "../../../support/audited-server.ts";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { skipWithoutApiServer } from "../../../support/kube-api-server.ts";
import { BODY_CASES } from "../../captured/body-cases.ts";

/** What a body becomes, or why it cannot. */
type Outcome = { readonly object: unknown } | { readonly error: string };

const captured = new CapturedAnswers<Outcome>(join(import.meta.dirname, "../../captured/body-outcomes.json"));

suite("a body of a built-in kind", () => {
  const answers = captured.read();

  for (const [title, { resource: name, body }] of Object.entries(BODY_CASES)) {
    test(`with ${title} becomes what the real server makes of it`, () => {
      assert.deepEqual(outcomeOf(resourceNamed(name), whole(name, body)), answers.get(title));
    });
  }
});

suite("a body of a built-in kind on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: AuditedServer;
  before(async () => {
    server = await startAuditedServer();
  });
  after(() => server.stop());

  test("becomes what is expected here", async () => {
    const answers = new Map<string, Outcome>();
    for (const [title, { resource: name, body }] of Object.entries(BODY_CASES)) {
      const { answer, received } = await server.post(pathOf(resourceNamed(name)), whole(name, body));
      const object = await received();
      answers.set(title, object === undefined ? { error: reasonOf(answer) } : { object });
    }
    captured.assertCaptured(answers);
  });
});

function outcomeOf({ schema }: ServedResource, body: JsonRecord): Outcome {
  const error = decodingError(schema, body);
  if (error !== undefined) return { error };
  const unknown = unknownFields(schema, body);
  if (unknown.length > 0) return { error: `strict decoding error: ${unknown.join(", ")}` };
  return { object: applyDefaults(schema, storedForm(schema, body)) };
}

function reasonOf(answer: unknown): string {
  return (textOf(answer, "message") ?? "").replace(/^.* cannot be handled as a \w+: /, "");
}

function whole(name: string, body: JsonRecord): JsonRecord {
  const resource = resourceNamed(name);
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, ...body };
}

function resourceNamed(name: string): ServedResource {
  const resource = builtInResources().find((one) => resourceName(one) === name);
  assert.ok(resource, name);
  return resource;
}

function pathOf({ group, version, namespaced, plural }: ServedResource): string {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespaced ? "/namespaces/default" : ""}/${plural}?dryRun=All&fieldValidation=Strict`;
}
