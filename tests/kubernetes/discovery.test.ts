import assert from "node:assert/strict";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import { clusterConfig } from "../support/cluster-builders.ts";
import { json, ScriptedServer, status, type Answer } from "../support/scripted-server.ts";

/** Answers by path. */
function byPath(answers: Readonly<Record<string, Answer>>): Answer {
  return (response, request) => (answers[request.url] ?? status(404, "NotFound"))(response, request);
}

async function resolveOn(
  answers: Readonly<Record<string, Answer>>,
  ...names: string[]
): Promise<{ resolutions: Resolution[]; lines: string[] }> {
  await using server = await ScriptedServer.start([byPath(answers)]);
  const cluster = createCluster({ config: clusterConfig(`http://127.0.0.1:${server.port}`) });
  const { signal } = new AbortController();
  const resolutions = await Promise.all(names.map((name) => cluster.catalog.resolve(name, signal)));
  await cluster.close();
  return { resolutions, lines: server.lines.sort() };
}

const discovered = (plural: string, kind: string): object => ({
  resource: plural,
  responseKind: { group: "", version: "", kind },
  scope: "Namespaced",
  singularResource: kind.toLowerCase(),
  verbs: ["list"],
});
const aggregated = (items: readonly object[]): Answer => json({ kind: "APIGroupDiscoveryList", items });
const versionOf = (resolution: Resolution | undefined): string =>
  resolution?.type === "found"
    ? `${resolution.resource.group}/${resolution.resource.version}`
    : String(resolution?.type);

test("aggregated discovery takes two requests, and a group's first version is the preferred one", async () => {
  const core = { metadata: {}, versions: [{ version: "v1", resources: [discovered("pods", "Pod")] }] };
  const batch = {
    metadata: { name: "batch" },
    versions: ["v2", "v1"].map((version) => ({ version, resources: [discovered("jobs", "Job")] })),
  };
  const answers = { "/api": aggregated([core]), "/apis": aggregated([batch]) };
  const { resolutions, lines } = await resolveOn(answers, "pods", "jobs", "jobs.v1.batch");
  assert.deepEqual(resolutions.map(versionOf), ["/v1", "batch/v2", "batch/v1"]);
  assert.deepEqual(lines, ["GET /api", "GET /apis"]);
});

const legacy = (plural: string, kind: string): Answer =>
  json({
    kind: "APIResourceList",
    resources: [
      { name: plural, singularName: kind.toLowerCase(), namespaced: true, kind, verbs: ["list"] },
      { name: `${plural}/status`, singularName: "", namespaced: true, kind, verbs: ["get"] },
    ],
  });
const batchGroup = {
  name: "batch",
  versions: [{ version: "v2" }, { version: "v1" }],
  preferredVersion: { version: "v1" },
};

test("a server that does not aggregate is asked for each group version", async () => {
  const answers = {
    "/api": json({ kind: "APIVersions", versions: ["v1"] }),
    "/api/v1": legacy("pods", "Pod"),
    "/apis": json({ kind: "APIGroupList", groups: [batchGroup] }),
    "/apis/batch/v1": legacy("jobs", "Job"),
    "/apis/batch/v2": legacy("jobs", "Job"),
  };
  const { resolutions } = await resolveOn(answers, "po", "pods", "jobs", "jobs.v2.batch");
  assert.deepEqual(resolutions.map(versionOf), ["unknown", "/v1", "batch/v1", "batch/v2"]);
});

test("a group whose API server is down does not hide the others", async () => {
  const answers = {
    "/api": json({ kind: "APIVersions", versions: ["v1"] }),
    "/api/v1": legacy("pods", "Pod"),
    "/apis": json({ kind: "APIGroupList", groups: [batchGroup] }),
    "/apis/batch/v1": status(503, "ServiceUnavailable"),
    "/apis/batch/v2": legacy("jobs", "Job"),
  };
  const { resolutions } = await resolveOn(answers, "pods", "jobs");
  assert.deepEqual(resolutions.map(versionOf), ["/v1", "batch/v2"]);
});

test("a server that refuses discovery is a failure", async () => {
  const { resolutions } = await resolveOn(
    { "/api": status(403, "Forbidden"), "/apis": status(403, "Forbidden") },
    "pods",
  );
  assert.ok(resolutions[0]?.type === "failed" && resolutions[0].failure.type === "status");
  assert.equal(resolutions[0].failure.code, 403);
});
