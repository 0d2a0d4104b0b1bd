import assert from "node:assert/strict";
import { test } from "node:test";
import { deployment, type PodOptions } from "#authoring/manifests/deployment.ts";
import { podMemory } from "#authoring/manifests/memory.ts";
import type { HandlerOptions } from "#handler-api/options.ts";
import { optionsOf } from "../../support/handler-options.ts";

const IDENTITY = { name: "watcher", namespace: "ops", version: "1.2.3" };
const POD: PodOptions = {
  image: "informd:1.2.3",
  load: "mount",
  watchNamespace: undefined,
  hostMemoryBytes: undefined,
};

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string }[];
}

interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly valueFrom: { readonly secretKeyRef?: object } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

function podOf(handlers: readonly HandlerOptions[], options: Partial<PodOptions> = {}): PodSpec {
  const resolved = handlers.map((one) => optionsOf("pods", one));
  const { spec } = deployment(IDENTITY, { ...POD, ...options }, resolved);
  return (spec as { template: { spec: PodSpec } }).template.spec;
}

test("the pod gets as long to end as its slowest handler may take, and 15 s more", () => {
  const pod = podOf([{ timeout: "2m" }, { timeout: "1500ms" }]);
  assert.equal(pod.terminationGracePeriodSeconds, 135);
  assert.ok(pod.containers[0].args.includes("--grace=120s"));
  assert.equal(podOf([{ timeout: "1500ms" }]).terminationGracePeriodSeconds, 17);
});

test("the runtime is started with the handlers and namespace that its rights are made for", () => {
  assert.deepEqual(podOf([{}]).containers[0].args, [
    "start",
    "--handlers=/etc/informd/handlers",
    "--mounted-map=watcher-handlers",
    "--state=/var/lib/informd",
    "--listen=:8080",
    "--grace=30s",
  ]);
  assert.deepEqual(podOf([{}], { load: "api", watchNamespace: "prod" }).containers[0].args.slice(1, 3), [
    "--handlers=configmap/ops/watcher-handlers",
    "--namespace=prod",
  ]);
});

test("the runtime is told to look for every labelled ConfigMap of its namespace if more than one holds handlers", () => {
  const { containers, volumes } = podOf([{}], { load: "configmaps" });
  assert.equal(containers[0].args[1], "--handlers=configmaps");
  assert.deepEqual(
    volumes.map(({ name }) => name),
    ["state", "tmp"],
  );
});

test("handlers are mounted whole, never by subPath, and not at all if the runtime watches their ConfigMap", () => {
  const { containers, volumes } = podOf([{}]);
  assert.deepEqual(containers[0].volumeMounts, [
    { name: "handlers", mountPath: "/etc/informd/handlers", readOnly: true },
    { name: "state", mountPath: "/var/lib/informd" },
    { name: "tmp", mountPath: "/tmp" },
  ]);
  assert.deepEqual(
    volumes.map(({ name }) => name),
    ["handlers", "state", "tmp"],
  );
  assert.deepEqual(
    podOf([{}], { load: "api" }).volumes.map(({ name }) => name),
    ["state", "tmp"],
  );
});

test("variables that allow.env names come from a Secret, each once, and need not be there", () => {
  const { env } = podOf([{ allow: { env: ["TOKEN", "TEAM"] } }, { allow: { env: ["TOKEN", "POD_NAME"] } }])
    .containers[0];
  assert.deepEqual(
    env.map(({ name }) => name),
    ["POD_NAME", "POD_NAMESPACE", "POD_UID", "TEAM", "TOKEN"],
  );
  assert.deepEqual(env.at(-1)?.valueFrom.secretKeyRef, { name: "watcher-env", key: "TOKEN", optional: true });
});

test("no handler sets by allow.env what steers the runtime itself", () => {
  const steering = ["HTTPS_PROXY", "no_proxy", "NODE_OPTIONS", "INFORMD_LISTEN", "PATH", "LD_PRELOAD", "SSL_CERT_FILE"];
  const { env } = podOf([{ allow: { env: [...steering, "KUBERNETES_SERVICE_HOST", "MY_PATH"] } }]).containers[0];
  assert.deepEqual(
    env.map(({ name }) => name),
    ["POD_NAME", "POD_NAMESPACE", "POD_UID", "MY_PATH"],
  );
});

test("the pod's memory is the host's, each handler's budget with its process, and the largest once more", () => {
  const MIB = 2 ** 20;
  assert.equal(podMemory({ hostBytes: 100 * MIB, handlerBytes: [64 * MIB, 200 * MIB] }), `${100 + 96 + 232 + 232}Mi`);
  assert.equal(podMemory({ hostBytes: undefined, handlerBytes: [64 * MIB] }), `${448 + 96 + 96}Mi`);
});
