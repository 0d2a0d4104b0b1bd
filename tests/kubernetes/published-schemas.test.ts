import assert from "node:assert/strict";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import type { PublishedSchemas } from "#kubernetes/discovery/published-schemas.ts";
import { clusterConfig } from "../support/cluster-builders.ts";
import { discovery, DOCUMENT, GROUP, index, SPEC, WIDGET } from "../support/published-kinds.ts";
import { type Answer, ScriptedServer, status } from "../support/scripted-server.ts";

async function schemasOn(
  answers: Readonly<Record<string, Answer>>,
  isWanted: (group: string) => boolean = () => true,
): Promise<{ published: PublishedSchemas; lines: readonly string[] }> {
  const all: Readonly<Record<string, Answer>> = { "/api": discovery(), ...answers };
  await using server = await ScriptedServer.start([
    (response, request) => (all[request.url] ?? status(404, "NotFound"))(response, request),
  ]);
  const cluster = createCluster({ config: clusterConfig(`http://127.0.0.1:${server.port}`) });
  const { signal } = new AbortController();
  const resources = await cluster.resources(signal);
  assert.ok(!("type" in resources), JSON.stringify(resources));
  const published = await cluster.schemas(
    resources.filter(({ group }) => isWanted(group)),
    signal,
  );
  await cluster.close();
  return { published, lines: server.lines };
}

test("a resource has the schema of its kind, and all that it refers to", async () => {
  const { published } = await schemasOn({
    "/apis": discovery([GROUP, "widgets", "Widget"]),
    "/openapi/v3": index(GROUP),
    [`/openapi/v3/apis/${GROUP}/v1?hash=AB`]: DOCUMENT,
  });
  assert.ok(published.type === "schemas", JSON.stringify(published));
  const [widgets] = published.schemas;
  assert.equal(widgets?.resource.plural, "widgets");
  assert.deepEqual(widgets?.schema, WIDGET);
  assert.deepEqual(widgets?.references.get("#/components/schemas/com.example.v1.WidgetSpec"), SPEC);
  assert.deepEqual(published.missing, []);
});

test("documents without a wanted resource are not asked for", async () => {
  const { published, lines } = await schemasOn(
    {
      "/apis": discovery([GROUP, "widgets", "Widget"], ["apps", "deployments", "Deployment"]),
      "/openapi/v3": index(GROUP, "apps"),
      [`/openapi/v3/apis/${GROUP}/v1?hash=AB`]: DOCUMENT,
    },
    (group) => group === GROUP,
  );
  assert.deepEqual(published.type === "schemas" && published.schemas.map(({ resource }) => resource.plural), [
    "widgets",
  ]);
  assert.deepEqual(
    lines.filter((line) => line.includes("apps")),
    [],
  );
});

test("a group whose own server is down keeps nobody from the schemas of the others", async () => {
  const { published } = await schemasOn({
    "/apis": discovery(["metrics.example.com", "samples", "Sample"], [GROUP, "widgets", "Widget"]),
    "/openapi/v3": index(GROUP, "metrics.example.com"),
    "/openapi/v3/apis/metrics.example.com/v1?hash=AB": status(503, "ServiceUnavailable"),
    [`/openapi/v3/apis/${GROUP}/v1?hash=AB`]: DOCUMENT,
  });
  assert.ok(published.type === "schemas", JSON.stringify(published));
  assert.deepEqual(
    published.schemas.map(({ resource }) => resource.plural),
    ["widgets"],
  );
  const [{ apiVersion, failure } = { apiVersion: "", failure: undefined }] = published.missing;
  assert.equal(apiVersion, "metrics.example.com/v1");
  assert.equal(failure?.type === "status" && failure.code, 503);
});

test("a kind that is served before its schema is published has none", async () => {
  const { published } = await schemasOn({ "/apis": discovery([GROUP, "widgets", "Widget"]), "/openapi/v3": index() });
  assert.deepEqual(published.type === "schemas" && published.schemas.map(({ schema }) => schema), [undefined]);
});

test("a server without OpenAPI v3 says so, one that refuses says why", async () => {
  const kinds = { "/apis": discovery([GROUP, "widgets", "Widget"]) };
  assert.deepEqual((await schemasOn(kinds)).published, { type: "absent" });
  const { published } = await schemasOn({ ...kinds, "/openapi/v3": status(403, "Forbidden") });
  assert.equal(published.type === "failed" && published.failure.type === "status" && published.failure.code, 403);
});
