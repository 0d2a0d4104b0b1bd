import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { StatusCause } from "#devcluster/api-status.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { validateBuiltIn } from "#devcluster/registry/validation/built-in-validation.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf, resourceName } from "#resources/api-resource.ts";
import { askApiServer, type Answer } from "../../../support/ask-api-server.ts";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { causesOf, inOneOrder } from "../../../support/causes-of.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../../support/kube-api-server.ts";
import { OBJECT_CASES, type ObjectCase } from "../../captured/object-cases.ts";

const captured = new CapturedAnswers<readonly StatusCause[]>(
  join(import.meta.dirname, "../../captured/object-causes.json"),
);
const resources = new Map(
  builtInResources()
    .toReversed()
    .map((resource) => [resourceName(resource), resource]),
);

suite("an object of a built-in kind", () => {
  const answers = captured.read();

  for (const [title, { resource: name, object, old }] of Object.entries(OBJECT_CASES)) {
    test(`${title} has the real server's causes`, () => {
      const resource = resourceNamed(name);
      const causes = validateBuiltIn(resource, read(resource, object), old && read(resource, old));

      assert.deepEqual(inOneOrder(causes).map(comparable), answers.get(title));
    });
  }
});

suite("an object of a built-in kind on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("has the causes that are expected here", async () => {
    const ask = askApiServer(server);
    const send = (method: string, path: string, body: JsonRecord): Promise<Answer> => ask({ method, path, body });
    const answers = new Map<string, readonly StatusCause[]>();
    for (const [title, one] of Object.entries(OBJECT_CASES)) {
      answers.set(title, inOneOrder(causesOf(await answerTo(one, send))).map(comparable));
    }
    captured.assertCaptured(answers);
  });
});

type Send = (method: string, path: string, body: JsonRecord) => Promise<Answer>;

async function answerTo({ resource: name, object, old }: ObjectCase, send: Send): Promise<unknown> {
  const resource = resourceNamed(name);
  const root = resource.group === "" ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const path = `${root}${resource.namespaced ? "/namespaces/default" : ""}/${resource.plural}`;
  const whole = (one: JsonRecord): JsonRecord => ({ apiVersion: apiVersionOf(resource), kind: resource.kind, ...one });
  if (!old) return (await send("POST", `${path}?dryRun=All`, whole(object))).body;
  await send("POST", path, whole(old));
  const objectPath = `${path}/${textOf(old["metadata"], "name")}`;
  const { body } = await send("PUT", `${objectPath}?dryRun=All`, whole(object));
  await send("DELETE", objectPath, { gracePeriodSeconds: 0, propagationPolicy: "Background" });
  return body;
}

/** As the server has it before it looks whether it is right. */
function read(resource: ServedResource, object: JsonRecord): JsonRecord {
  const metadata = fieldOf(object, "metadata");
  const generated = textOf(metadata, "generateName");
  const placed = {
    ...(generated !== undefined && { name: `${generated}bcdfg` }),
    ...(isRecord(metadata) && metadata),
    ...(resource.namespaced && { namespace: "default" }),
  };
  const value = applyDefaults(resource.schema, storedForm(resource.schema, { ...object, metadata: placed }));
  assert.ok(isRecord(value));
  return value;
}

function resourceNamed(name: string): ServedResource {
  const resource = resources.get(name);
  assert.ok(resource, name);
  return resource;
}

/** Without names that the server makes up, and without how Go shows differences between its structs. */
function comparable(cause: StatusCause): StatusCause {
  return { ...cause, message: (cause.message ?? "").replace(/\n.*/s, "").replace(/"X_\w{5}"/, '"X_"') };
}
