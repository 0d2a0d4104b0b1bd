import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const MAIN = join(ROOT, "runtime", "cli", "main.ts");

interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function check(cwd: string, ...flags: readonly string[]): Promise<Printed> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, "check", ...flags], { cwd }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

test("check prints one line per handler with resource, events, scope and what it may do", async () => {
  using folder = new TemporaryDirectory({
    "handlers/pod-added.ts": "export default () => {};",
    "handlers/scale.ts": `
      import { on } from "informd";
      export default on("deployments.apps", {
        events: ["updated"], namespaces: ["prod"], labelSelector: "tier=web", allow: { kube: ["create events"], env: ["TEAM"] },
      }, () => {});`,
  });
  const { code, stdout, stderr } = await check(folder.path);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.equal(
    stdout,
    [
      "pod-added  pod               added    all                    nothing",
      "scale      deployments.apps  updated  prod; labels tier=web  create events; env TEAM",
      "",
    ].join("\n"),
  );
});

test("check reports a broken file as file:line:column with the reason and its source, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    "handlers/pod-added.ts": "export default () => {};",
    "handlers/pod-deleted.ts": "export default () => {\n  const = 1;\n};\n",
  });
  const { code, stdout, stderr } = await check(folder.path);
  assert.equal(code, 1);
  assert.match(stdout, /^pod-added /);
  assert.match(stderr, /^pod-deleted\.ts:2:9 Expected identifier/);
  assert.match(stderr, /const = 1;/);
});

test("check reports an option that does not exist with the nearest name, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    "handlers/pod-added.ts": 'export const config = { timeuot: "3s" };\nexport default () => {};',
  });
  const { code, stderr } = await check(folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /^pod-added\.ts:1:1 .*"timeuot".*"timeout"/);
});

test("check prints JSON for machines", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  const { stdout } = await check(folder.path, "-o", "json");
  const { handlers } = JSON.parse(stdout) as { handlers: readonly object[] };
  assert.deepEqual(handlers, [
    { id: "pod-added", file: "pod-added.ts", resource: "pod", events: ["added"], scope: ["all"], allow: [] },
  ]);
});

test("check accepts the handlers of this repository", async () => {
  for (const directory of ["handlers", "examples/handlers"]) {
    const { code, stderr } = await check(ROOT, "--handlers", directory);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  }
});
