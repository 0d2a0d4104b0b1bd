import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmodSync, globSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
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
  return informd(cwd, "check", ...flags);
}

function informd(cwd: string, ...command: readonly string[]): Promise<Printed> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...command], { cwd }, (error, stdout, stderr) => {
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
      "pod-added  pods              added    all                    nothing",
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

test("check warns of a right that gives more than it names, with handler and entry, exit code 0", async () => {
  using folder = new TemporaryDirectory({
    "handlers/fixer.ts": `
      import { on } from "informd";
      export default on("pods", { allow: { kube: ["create pods in ops"] } }, () => {});`,
  });
  const { code, stderr } = await check(folder.path);
  assert.deepEqual(
    [code, stderr],
    [
      0,
      'fixer.ts:1:1 warning: "create pods in ops" in allow.kube of handler "fixer" gives more than it names: ' +
        "whoever has this right runs containers as any service account of the namespace, with any Secret of it (in ops)\n",
    ],
  );
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
    {
      id: "pod-added",
      file: "pod-added.ts",
      resource: "pods",
      known: true,
      events: ["added"],
      scope: ["all"],
      listers: [],
      allow: [],
      timeoutMs: 30_000,
      memoryBytes: 64 * 1024 * 1024,
      concurrency: 8,
      engine: "vm2",
    },
  ]);
});

test("check accepts the handlers of this repository", async () => {
  for (const directory of ["handlers", ...globSync("examples/*/", { cwd: ROOT })]) {
    const { code, stderr } = await check(ROOT, "--handlers", directory);
    const doubts = stderr.replaceAll(
      /^.*"sites\.example\.com"(?: in listers)? is not checked: it is no kind of Kubernetes itself\n/gm,
      "",
    );
    assert.deepEqual({ code, doubts }, { code: 0, doubts: "" });
  }
});

test("check says of a kind that only a cluster can know that it is not checked, and names the nearest ones", async () => {
  using folder = new TemporaryDirectory({ "handlers/podz-added.ts": "export default () => {};" });
  const { code, stdout, stderr } = await check(folder.path);
  assert.equal(code, 0);
  assert.equal(stdout, "podz-added  podz (not checked)  added  all  nothing\n");
  assert.match(stderr, /^podz-added\.ts:1:1 warning: "podz" is not checked: .*nearest: "pods"\n$/);
});

test("check says the same of kinds in listers and allow.kube, and of each once", async () => {
  const options = {
    listers: ["nods"],
    allow: { kube: ["get podz", "get,list podz/status", "patch sites.example.com"] },
  };
  const source = `import { on } from "informd";\nexport default on("podz", ${JSON.stringify(options)}, () => {});`;
  using folder = new TemporaryDirectory({ "handlers/web.js": source });
  const { stderr } = await check(folder.path);
  const doubted = [...stderr.matchAll(/^web\.js:1:1 warning: (.*) is not checked: /gm)].map(([, what]) => what);
  assert.deepEqual(doubted, ['"podz"', '"nods" in listers', '"sites.example.com" in allow.kube']);
});

test("check refuses namespaces on a cluster-scoped kind, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    "handlers/node-added.ts": 'export const config = { namespaces: ["prod"] };\nexport default () => {};',
  });
  const { code, stderr } = await check(folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /^node-added\.ts:1:1 Cannot watch "node" in namespaces: it is cluster-scoped\./);
});

test("check refuses a directory without a handler file, exit code 1", async () => {
  using folder = new TemporaryDirectory({ "handlers/_shared.ts": "" });
  const { code, stdout, stderr } = await check(folder.path);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^Cannot check handlers of ".*\/handlers": there is no handler file in it\./);
});

test("check reports a handler that is no function at its call of on", async () => {
  using folder = new TemporaryDirectory({
    "handlers/web.js":
      'import { on } from "informd";\nexport default on("pods", { events: ["added"] }, "no function");',
  });
  const { code, stderr } = await check(folder.path);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^web\.js:2:16 .*Cannot use on\("pods", …\): its last argument must be the handler, a function; got string/,
  );
});

test("check shows a broken line once, without a second place that counts columns from 0", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "const = 1;\n" });
  const { stderr } = await check(folder.path);
  assert.deepEqual(stderr.split("\n").slice(1), ["> 1 │ const = 1;", "    │       ^", ""]);
});

test("check whose output nobody reads ends without a stack", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  const child = spawn(process.execPath, [MAIN, "check"], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  assert.equal(await text(child.stderr), "");
});

test("check works from any directory, inside another project too", async () => {
  using project = new TemporaryDirectory({
    "package.json": '{ "name": "other", "type": "commonjs" }',
    "tsconfig.json": '{ "extends": "./missing.json", "compilerOptions": { "paths": { "informd": ["./missing.ts"] } } }',
    "handlers/web.ts": 'import { on } from "informd";\nexport default on("pods", () => {});',
  });
  const { code, stdout, stderr } = await check("/", "--handlers", join(project.path, "handlers"));
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.match(stdout, /^web {2}pods/);
});

test("check says of a handlers directory that it may not read that permission is denied, exit code 1", async (context) => {
  if (process.getuid?.() === 0) return context.skip("root may read everything");
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  chmodSync(join(folder.path, "handlers"), 0o000);
  const { code, stderr } = await check(folder.path);
  chmodSync(join(folder.path, "handlers"), 0o700);
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot read handlers directory ".*\/handlers": permission denied\./);
});

test("check refuses a handler of all Secrets, Leases or Events that does not say so, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    "handlers/secret-changed.ts": "export default () => {};",
    "handlers/several.ts":
      'import { on } from "informd";\nexport default [on("leases", { everything: true }, () => {}), on("events", () => {})];',
  });
  const { code, stderr } = await check(folder.path);
  assert.equal(code, 1);
  const reason = (resource: string): string =>
    `Cannot use option "everything": a handler on "${resource}" would get every one in the cluster; add "names"`;
  const [secrets = "", events = "", ...others] = stderr.trimEnd().split("\n");
  assert.ok(secrets.startsWith(`secret-changed.ts:1:1 ${reason("secret")}`), secrets);
  assert.ok(events.startsWith(`several.ts:1:1 Entry 1: ${reason("events")}`), events);
  assert.deepEqual(others, []);
});

test("check refuses listers of all Secrets, Leases or Events alike, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    "handlers/web.ts":
      'import { on } from "informd";\nexport default on("pods", { listers: ["nodes", "secrets", "leases.coordination.k8s.io"] }, () => {});',
    "handlers/said.ts":
      'import { on } from "informd";\nexport default on("pods", { listers: ["events"], everything: true }, () => {});',
  });
  const { code, stdout, stderr } = await check(folder.path);
  assert.equal(code, 1);
  assert.deepEqual(
    stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" would ")[0]),
    [
      'web.ts:1:1 Cannot use option "listers": a lister of "secrets"',
      'web.ts:1:1 Cannot use option "listers": a lister of "leases.coordination.k8s.io"',
    ],
  );
  assert.match(stdout, /^said +pods +added,updated,deleted +all; listers events +nothing$/m);
});

test("check shows which listers a handler reads", async () => {
  using folder = new TemporaryDirectory({
    "handlers/web.ts": `import { on } from "informd";
const web = { resource: "pods", labelSelector: "app=web" };
export default on("services", { listers: { web, nodes: { resource: "nodes" } } }, () => {});`,
  });
  const { stdout } = await check(folder.path);
  assert.match(
    stdout,
    /^web +services +added,updated,deleted +all; listers web: pods labels app=web, nodes +nothing$/m,
  );
  const { stdout: json } = await check(folder.path, "-o", "json");
  assert.match(json, /"listers": \[\s+"web: pods labels app=web",\s+"nodes"\s+\]/);
});

test("check and manifests warn of entries that allow nothing, without refusing them", async () => {
  using folder = new TemporaryDirectory({
    "handlers/web.ts":
      'import { on } from "informd";\nexport default on("pods", { allow: { kube: ["get nodes in prod", "create deployments.apps/scale"] } }, () => {});',
  });
  for (const command of ["check", "manifests"]) {
    const { code, stderr } = await informd(folder.path, command);
    assert.equal(code, 0);
    assert.match(stderr, /^web\.ts:1:1 warning: "get nodes in prod" in allow\.kube .* allows nothing: .*$/m);
    assert.match(stderr, /^web\.ts:1:1 warning: "create deployments\.apps\/scale" in allow\.kube .* no call .*$/m);
  }
});
