import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type MadeTypes, makeTypes } from "#authoring/custom-types/make-types.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { discovery, DOCUMENT, GROUP, index } from "../../support/published-kinds.ts";
import { type Answer, json, ScriptedServer, status } from "../../support/scripted-server.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

const WIDGETS = [GROUP, "widgets", "Widget"] as const;
const DOCUMENT_PATH = `/openapi/v3/apis/${GROUP}/v1?hash=AB`;

/** Its URL is `SERVER` in what is said. */
async function typesOfServer(answers: Readonly<Record<string, Answer>>, ...names: string[]): Promise<MadeTypes> {
  const all: Readonly<Record<string, Answer>> = { "/api": discovery(), ...answers };
  await using server = await ScriptedServer.start([
    (response, request) => (all[request.url] ?? status(404, "NotFound"))(response, request),
  ]);
  const url = `http://127.0.0.1:${server.port}`;
  using folder = new TemporaryDirectory({
    kubeconfig: JSON.stringify({
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: url } }],
      users: [{ name: "u", user: {} }],
    }),
  });
  const cluster = { kubeconfig: join(folder.path, "kubeconfig"), context: undefined };
  const made = await makeTypes(
    { clock: new FakeClock(), environment: {} },
    { origin: { type: "cluster", cluster }, names, command: "informd types" },
    new AbortController().signal,
  );
  return JSON.parse(JSON.stringify(made).replaceAll(url, "SERVER")) as MadeTypes;
}

test("custom kinds of a cluster are typed, with what their schemas refer to", async () => {
  const made = await typesOfServer({
    "/apis": discovery(WIDGETS, ["apps", "deployments", "Deployment"]),
    "/openapi/v3": index(GROUP, "apps"),
    [DOCUMENT_PATH]: DOCUMENT,
  });
  assert.ok(made.type === "made", JSON.stringify(made));
  assert.deepEqual([made.resources, made.warnings], [["widgets.example.com"], []]);
  assert.match(made.text, /^ {2}spec\?: Record<string, unknown>;$/m);
});

test("what refers to itself ends", async () => {
  const node = {
    type: "object",
    properties: { next: { allOf: [{ $ref: "#/components/schemas/Node" }], default: {} } },
  };
  const made = await typesOfServer({
    "/apis": discovery(WIDGETS),
    "/openapi/v3": index(GROUP),
    [DOCUMENT_PATH]: json({
      components: {
        schemas: {
          Node: node,
          Widget: {
            type: "object",
            properties: { spec: { $ref: "#/components/schemas/Node" } },
            "x-kubernetes-group-version-kind": [{ group: GROUP, version: "v1", kind: "Widget" }],
          },
        },
      },
    }),
  });
  assert.match(
    made.type === "made" ? made.text : "",
    /^export interface V1WidgetSpec \{\n.*\n {2}next\?: unknown;\n\}$/m,
  );
});

test("a group version whose schemas are not to be had is a warning, unless it is all", async () => {
  const down = { "/openapi/v3/apis/metrics.example.com/v1?hash=AB": status(503, "ServiceUnavailable") };
  const samples = ["metrics.example.com", "samples", "Sample"] as const;
  const warning =
    "Cannot read the schemas of metrics.example.com/v1, which get no types: SERVER answered 503: ServiceUnavailable!";
  const both = { "/apis": discovery(WIDGETS, samples), "/openapi/v3": index(GROUP, "metrics.example.com"), ...down };
  const made = await typesOfServer({ ...both, [DOCUMENT_PATH]: DOCUMENT });
  assert.ok(made.type === "made", JSON.stringify(made));
  assert.deepEqual([made.resources, made.warnings], [["widgets.example.com"], [warning]]);
  assert.deepEqual(await typesOfServer(both, "samples"), { type: "failed", message: warning });
});

test("a kind whose schema is not published yet is typed as far as all objects are, with a warning", async () => {
  const made = await typesOfServer({ "/apis": discovery(WIDGETS), "/openapi/v3": index() });
  assert.ok(made.type === "made", JSON.stringify(made));
  assert.deepEqual(made.warnings, ["widgets.example.com has no schema in version v1: nothing is known of its fields."]);
  assert.match(made.text, /^ {2}metadata: LiveMetadata;\n {2}\[field: string\]: unknown;$/m);
});

test("a cluster that cannot say what it has is told as such, with the next step", async () => {
  const refusal = async (answers: Readonly<Record<string, Answer>>, ...names: string[]): Promise<string> => {
    const made = await typesOfServer(answers, ...names);
    return made.type === "failed" ? made.message : made.type;
  };
  const kinds = { "/apis": discovery(WIDGETS) };
  assert.equal(
    await refusal({ "/apis": discovery(["apps", "deployments", "Deployment"]) }),
    "Cannot make types: SERVER has no custom resources. Name another cluster with --context, or definitions in files with --crds.",
  );
  assert.equal(
    await refusal(kinds),
    "Cannot make types: the API server publishes no OpenAPI v3 (Kubernetes 1.24 and later do). Give it the definitions: kubectl get crds -o yaml | informd types --crds -",
  );
  assert.match(
    await refusal({ ...kinds, "/openapi/v3": status(403, "Forbidden") }),
    /^Cannot read the cluster's schemas: .*\(403\)\. Bind a role to this user that allows it\.$/,
  );
  assert.match(
    await refusal(kinds, "wigdets"),
    /^Cannot make types of "wigdets": .* \(nearest: "widgets\.example\.com"\)/,
  );
});
