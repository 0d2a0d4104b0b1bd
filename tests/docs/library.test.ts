import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";
import { codeBlocks, fileOf } from "../support/code-blocks.ts";
import { DevProcess } from "../support/dev-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { deployment } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const PROGRAM = "programs/watch-deployments.ts";

/** A project with the programs of docs/library.md, in which informd is installed. */
function project(): TemporaryDirectory {
  const programs = codeBlocks("ts").filter(({ document }) => document === "docs/library.md");
  const folder = new TemporaryDirectory({
    ...Object.fromEntries(programs.map((block) => [fileOf(block) ?? "", block.text])),
    "package.json": JSON.stringify({ type: "module" }),
    "tsconfig.json": JSON.stringify({
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: { typeRoots: [join(ROOT, "node_modules", "@types")] },
      include: ["programs"],
    }),
    "node_modules/.keep": "",
  });
  symlinkSync(ROOT, join(folder.path, "node_modules", "informd"));
  return folder;
}

suite("the program in docs/library.md", { timeout: 120_000 }, () => {
  test("compiles", async () => {
    using folder = project();
    await promisify(execFile)(process.execPath, [TSC, "--project", "tsconfig.json"], { cwd: folder.path });
  });
});

onEachServer("the program in docs/library.md", ({ open }) => {
  const folder = project();
  let cluster: TestCluster;

  before(async () => void (cluster = await open()));

  after(() => folder[Symbol.dispose]());

  test("tells of Deployments as they come, change and go, and ends with SIGTERM", async () => {
    const web = deployment("web");
    await cluster.apply(web);
    const program = [process.execPath, PROGRAM] as const;
    await using running = new DevProcess([], folder.path, { program, command: cluster.kubeconfigPath });
    await running.until(/^added default\/web true$/m);
    await running.until(/^synced 1$/m);
    await cluster.scale(web, 3);
    await running.until(/^updated default\/web 1 3$/m);
    await cluster.delete(web);
    await running.until(/^deleted default\/web false$/m);
    running.stop();
    assert.equal(await running.exited, 0);
  });
});
