import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { resolveOptions } from "#handler-api/resolve-options.ts";
import deploymentRollout from "../../handlers/deployment-rollout.ts";
import jobDeleted from "../../handlers/job-deleted.ts";
import podAdded from "../../handlers/pod-added.ts";

type Handle = (event: unknown, context: unknown) => unknown;
type Logged = readonly (readonly [level: string, message: string, fields: object])[];

/** Runs a handler with what it needs of the context, and returns what it logged. */
async function logged(handle: unknown, event: object, context: object = {}): Promise<Logged> {
  const records: [string, string, object][] = [];
  const write = (level: string) => (message: string, fields: object) => void records.push([level, message, fields]);
  await (handle as Handle)(event, { ...context, log: { info: write("info"), warn: write("warn") } });
  return JSON.parse(JSON.stringify(records)) as Logged;
}

test("pod-added.ts says how many pods its namespace and its app have", async () => {
  const event = {
    cause: "live",
    object: {
      metadata: { name: "web-1", namespace: "prod", labels: { app: "web" } },
      spec: { containers: [{ image: "nginx" }] },
    },
  };
  const lister = { count: ({ labelSelector }: { labelSelector?: string }) => (labelSelector === "app=web" ? 2 : 5) };
  assert.deepEqual(await logged(podAdded, event, { lister }), [
    ["info", "pod added", { name: "web-1", namespace: "prod", images: ["nginx"], podsInNamespace: 5, podsOfApp: 2 }],
  ]);
});

function deployment(replicas: number, image: string): object {
  const containers = [{ name: "c", image }];
  return { metadata: { name: "web", namespace: "prod" }, spec: { replicas, template: { spec: { containers } } } };
}

test("deployment-rollout.ts tells a scale and a new image from what it saw last", async () => {
  const event = { old: deployment(1, "nginx:1"), object: deployment(3, "nginx:2") };
  assert.deepEqual(await logged(deploymentRollout.handler, event), [
    ["info", "deployment scaled", { name: "web", namespace: "prod", from: 1, to: 3 }],
    ["info", "image changed", { name: "web", namespace: "prod", container: "c", from: "nginx:1", to: "nginx:2" }],
  ]);
});

test("job-deleted.ts warns of a job that had failed", async () => {
  const conditions = [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded" }];
  const object = { metadata: { name: "import", namespace: "prod" }, status: { failed: 6, conditions } };
  assert.deepEqual(await logged(jobDeleted, { object, finalStateUnknown: false }), [
    [
      "warn",
      "job deleted",
      {
        name: "import",
        namespace: "prod",
        succeeded: 0,
        failed: 6,
        reason: "BackoffLimitExceeded",
        finalStateUnknown: false,
      },
    ],
  ]);
});

test("the options of the handler that uses on are valid", () => {
  assert.equal(resolveOptions(deploymentRollout.resource, deploymentRollout.options).type, "ok");
});

test("the handlers that ship need no rights but to list and watch", () => {
  const root = join(import.meta.dirname, "..", "..");
  assert.deepEqual(globSync("handlers/**/*.ts", { cwd: root }).sort(), [
    "handlers/deployment-rollout.ts",
    "handlers/job-deleted.ts",
    "handlers/pod-added.ts",
  ]);
  assert.equal("allow" in deploymentRollout.options, false);
});
