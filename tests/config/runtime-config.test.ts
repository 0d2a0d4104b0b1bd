import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveRuntimeConfig } from "#config/runtime-config.ts";
import type { RuntimeConfig, StartFlags } from "#config/runtime-config.ts";

const WORLD = { cwd: "/work", environment: {} };

function configOf(flags: StartFlags): RuntimeConfig {
  const result = resolveRuntimeConfig(flags, WORLD);
  assert.equal(result.type, "ok");
  return result.config;
}

function complaint(flags: StartFlags): string {
  const result = resolveRuntimeConfig(flags, WORLD);
  assert.equal(result.type, "invalid");
  return result.message;
}

test("configuration without flags reads handlers/ once, watches all namespaces and logs JSON", () => {
  assert.deepEqual(configOf({}), {
    kubeconfig: undefined,
    context: undefined,
    namespace: undefined,
    handlers: { type: "directory", path: "/work/handlers" },
    mountedMaps: [],
    watch: false,
    log: "json",
    runLog: "failures",
    skipInitial: false,
    replaysOnReload: false,
    dryRun: false,
    recordsEvents: true,
    checkTypes: false,
    typesCommand: undefined,
    state: "/work/.informd",
    graceMs: 30_000,
    listen: { host: "127.0.0.1", port: 0 },
    environment: {},
  });
});

test("configuration makes paths absolute from the working directory", () => {
  const { kubeconfig, handlers, state } = configOf({ kubeconfig: "k", handlers: "../h", state: "/var/s" });
  assert.deepEqual(
    { kubeconfig, handlers, state },
    { kubeconfig: "/work/k", handlers: { type: "directory", path: "/h" }, state: "/var/s" },
  );
});

test("configuration is frozen", () => {
  assert.ok(Object.isFrozen(configOf({})));
});

test("configuration takes the ConfigMaps that the handlers are mounted from, by name", () => {
  assert.deepEqual(configOf({ mountedMap: ["informd-handlers", "more.handlers"] }).mountedMaps, [
    "informd-handlers",
    "more.handlers",
  ]);
  for (const name of ["", "ops/handlers", "Handlers", "a b"]) {
    assert.equal(
      complaint({ mountedMap: ["handlers", name] }),
      `Cannot use --mounted-map "${name}": it takes the name of a ConfigMap, without its namespace.`,
    );
  }
});

test("configuration refuses a log format that does not exist and names the ones that do", () => {
  assert.equal(complaint({ log: "xml" }), 'Cannot use --log "xml": it takes json or pretty.');
});

test("configuration refuses a grace period that is no duration and shows one", () => {
  assert.equal(complaint({ grace: "soon" }), 'Cannot use --grace "soon": it takes a duration such as 30s or 2m.');
});

test("configuration refuses one namespace and all namespaces together", () => {
  assert.match(
    complaint({ namespace: "prod", allNamespaces: true }),
    /together with --all-namespaces: give one of them/,
  );
});

test("configuration refuses a name that no namespace can have", () => {
  assert.match(complaint({ namespace: "a,b" }), /^Cannot use --namespace "a,b"/);
});

test("configuration refuses an empty path rather than taking the working directory", () => {
  assert.equal(complaint({ handlers: "" }), 'Cannot use --handlers "": it is empty. Give it a value, or leave it out.');
});
