import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { invokeHandler } from "#authoring/invoke/invoke-handler.ts";
import { systemClock } from "#kernel/clock.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

/** Logs what each call rejects with, as the handler sees it. */
const HANDLER = `
import { isApiError, on } from "informd";

export default on("configmaps", {
  labelSelector: "app=web", listers: ["configmaps"],
  allow: { kube: ["get,create,patch,delete configmaps", "create pods"] },
}, async ({ object }, { kube, listers, log }) => {
  const { name } = object.metadata;
  const calls = {
    missing: () => kube.get("configmaps", { name: "none" }),
    taken: () => kube.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }),
    invalid: () => kube.create({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: {} }),
    conflict: () => kube.patch("configmaps", { name }, { metadata: { resourceVersion: "1" }, data: { x: "y" } }),
    notAllowed: () => kube.delete("pods", { name }),
    badCall: () => kube.get("configmaps", { name: "../x" }),
  };
  for (const [what, call] of Object.entries(calls)) {
    const error = await call().then(() => undefined, (error) => error);
    const { code, reason, details, stack } = error;
    log.info(what, { isApiError: isApiError(error), name: error.name, code, reason, details, inHandler: stack.includes("deputy.ts") });
  }
  const made = await kube.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "made-" } });
  log.info("made", { isListed: listers.configmaps.get(made.metadata.name)?.metadata.uid === made.metadata.uid });
});
`;

onEachServer("kube within a handler", ({ open }) => {
  const folder = new TemporaryDirectory({ "handlers/deputy.ts": HANDLER });
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    await cluster.apply(configMap("web", { labels: { app: "web" } }));
  });
  after(() => folder[Symbol.dispose]());

  test("rejects with errors that the handler can tell apart, and finds its own writes in its listers", async () => {
    const invocation = await invokeHandler(
      { clock: systemClock, random: Math.random },
      {
        handler: "deputy",
        cwd: folder.path,
        directory: `${folder.path}/handlers`,
        object: undefined,
        old: undefined,
        cache: undefined,
        event: undefined,
        namespace: undefined,
        cluster: { kubeconfig: cluster.kubeconfigPath, context: undefined, live: true },
        environment: {},
      },
      AbortSignal.timeout(60_000),
    );
    assert.ok(invocation.type === "ran", JSON.stringify(invocation));
    assert.equal(invocation.outcome.type, "done", JSON.stringify(invocation.outcome));
    const said = Object.fromEntries(invocation.logs.map(({ msg, data }) => [msg, data]));
    const api = { isApiError: true, name: "ApiError", inHandler: true };
    const own = { isApiError: false, inHandler: true };
    const field = "spec.containers";
    assert.deepEqual(said, {
      missing: { ...api, code: 404, reason: "NotFound", details: { name: "none", kind: "configmaps" } },
      taken: { ...api, code: 409, reason: "AlreadyExists", details: { name: "web", kind: "configmaps" } },
      invalid: {
        ...api,
        code: 422,
        reason: "Invalid",
        details: {
          name: "p",
          kind: "Pod",
          causes: [{ reason: "FieldValueRequired", message: "Required value", field }],
        },
      },
      conflict: { ...api, code: 409, reason: "Conflict", details: { name: "web", kind: "configmaps" } },
      notAllowed: { ...own, name: "NotAllowedError", code: "NOT_ALLOWED" },
      badCall: { ...own, name: "BadCallError", code: "BAD_CALL" },
      made: { isListed: true },
    });
  });
});
