import assert from "node:assert/strict";
import { test } from "node:test";
import { type DevConfigResult, type DevFlags, resolveDevConfig } from "#config/dev-config.ts";

function resolved(flags: DevFlags): Extract<DevConfigResult, { type: "ok" }> {
  const result = resolveDevConfig(flags, { cwd: "/work", environment: {} });
  assert.ok(result.type === "ok");
  return result;
}

test("dev watches, checks types, shows every step and gives runs one second to end", () => {
  const { config, cluster, activity } = resolved({});
  assert.deepEqual([cluster, activity], ["embedded", "calm"]);
  const { watch, checkTypes, log, runLog, graceMs } = config;
  assert.deepEqual(
    { watch, checkTypes, log, runLog, graceMs },
    {
      watch: true,
      checkTypes: true,
      log: "pretty",
      runLog: "everything",
      graceMs: 1000,
    },
  );
});

test("dev on the embedded cluster tells what is there already and keeps what handlers write", () => {
  const { skipInitial, dryRun } = resolved({}).config;
  assert.deepEqual({ skipInitial, dryRun }, { skipInitial: false, dryRun: false });
});

test("dev on a real cluster tells nothing that is there already and writes nothing, until it is live", () => {
  for (const flags of [{ kubeconfig: "k" }, { context: "staging" }]) {
    const { config, cluster } = resolved(flags);
    assert.equal(cluster, "real");
    assert.deepEqual([config.skipInitial, config.dryRun], [true, true]);
    const live = resolved({ ...flags, live: true }).config;
    assert.deepEqual([live.skipInitial, live.dryRun], [true, false]);
  }
});

test("dev tries dead letters again with the next save, and start does not", () => {
  assert.equal(resolved({}).config.replaysOnReload, true);
  assert.equal(resolved({ kubeconfig: "k", live: true }).config.replaysOnReload, true);
});

test("dev records no Events in the cluster", () => {
  assert.equal(resolved({}).config.recordsEvents, false);
  assert.equal(resolved({ kubeconfig: "k", live: true }).config.recordsEvents, false);
});

test("dev for machines logs no more than start", () => {
  assert.equal(resolved({ log: "json" }).config.runLog, "failures");
});

test("dev takes the flags of start", () => {
  const { config } = resolved({ namespace: "prod", handlers: "h", state: "s", grace: "3s" });
  const { namespace, handlers, state, graceMs } = config;
  assert.deepEqual(
    [namespace, handlers, state, graceMs],
    ["prod", { type: "directory", path: "/work/h" }, "/work/s", 3000],
  );
  const wrong = resolveDevConfig({ namespace: "No" }, { cwd: "/work", environment: {} });
  assert.equal(wrong.type, "invalid");
});

test("--live without a real cluster is refused with what to do", () => {
  const resolved = resolveDevConfig({ live: true }, { cwd: "/work", environment: {} });
  assert.ok(resolved.type === "invalid");
  assert.match(resolved.message, /^Cannot use --live on the embedded cluster: .*--kubeconfig or --context\.$/);
});

test("--activity on a real cluster is refused with what to do, whatever its level", () => {
  for (const flags of [
    { kubeconfig: "k", activity: "off" },
    { context: "staging", activity: "wild" },
  ]) {
    const resolved = resolveDevConfig(flags, { cwd: "/work", environment: {} });
    assert.ok(resolved.type === "invalid");
    assert.match(resolved.message, /^Cannot use --activity with --kubeconfig or --context: .* Leave it out, or /);
  }
});

test("dev knows what writes the types of its cluster's custom kinds", () => {
  const command = (flags: DevFlags): string | undefined => resolved(flags).config.typesCommand;
  assert.equal(command({}), "informd types --kubeconfig .informd/kubeconfig");
  assert.equal(command({ state: "s" }), "informd types --kubeconfig s/kubeconfig");
  assert.equal(command({ kubeconfig: "my kubeconfig" }), "informd types --kubeconfig 'my kubeconfig'");
  assert.equal(
    command({ context: "staging", handlers: "ops/handlers" }),
    "informd types --context staging --handlers ops/handlers",
  );
});
