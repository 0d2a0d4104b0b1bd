import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkHandlers } from "#authoring/check-handlers.ts";
import { newHandler, type NewHandlerResult } from "#authoring/new-handler.ts";
import { systemClock } from "#kernel/clock.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

function write(folder: TemporaryDirectory, name: string): Promise<NewHandlerResult> {
  return newHandler({ name, directory: join(folder.path, "handlers"), version: "1.2.3" });
}

async function refusal(name: string): Promise<string> {
  using folder = new TemporaryDirectory();
  const result = await write(folder, name);
  assert.equal(existsSync(join(folder.path, "handlers")), false);
  return result.type === "failed" ? result.message : "";
}

test("a new handler loads at once, whatever it listens to", async () => {
  using folder = new TemporaryDirectory();
  for (const name of [
    "pod-added",
    "deploy-updated",
    "node-deleted",
    "secret-changed",
    "shop/widget.example.com-added",
  ]) {
    assert.equal((await write(folder, name)).type, "written");
  }
  const checked = await checkHandlers(
    { clock: systemClock, environment: {} },
    { directory: join(folder.path, "handlers") },
    AbortSignal.timeout(60_000),
  );
  assert.ok(checked.type === "checked");
  assert.deepEqual(checked.problems, []);
  assert.deepEqual(
    checked.handlers.map(({ id }) => id),
    ["deploy-updated", "node-deleted", "pod-added", "secret-changed", "shop/widget.example.com-added"],
  );
});

test("outside a checkout package.json and tsconfig.json are written beside the handlers directory, once", async () => {
  using folder = new TemporaryDirectory({ "package.json": "{}" });
  const paths = (...files: string[]): string[] => files.map((file) => join(folder.path, file));
  const first = await write(folder, "pod-added");
  assert.deepEqual(first, {
    type: "written",
    files: paths("handlers/pod-added.ts", "tsconfig.json"),
    informd: "absent",
  });
  assert.deepEqual(JSON.parse(readFileSync(join(folder.path, "tsconfig.json"), "utf8")).include, ["handlers"]);
  const second = await write(folder, "pod-deleted");
  assert.deepEqual(second, { type: "written", files: paths("handlers/pod-deleted.ts"), informd: "absent" });
  assert.equal(readFileSync(join(folder.path, "package.json"), "utf8"), "{}");
});

test("a new package.json asks for this informd and for a compiler", async () => {
  using folder = new TemporaryDirectory();
  await write(folder, "pod-added");
  const { devDependencies } = JSON.parse(readFileSync(join(folder.path, "package.json"), "utf8"));
  assert.deepEqual(devDependencies, { informd: "^1.2.3", typescript: "^7.0.2" });
});

test("inside a checkout of informd only the handler is written", async () => {
  using folder = new TemporaryDirectory({ "package.json": '{ "name": "informd" }' });
  const result = await write(folder, "pod-added");
  assert.deepEqual(result, {
    type: "written",
    files: [join(folder.path, "handlers", "pod-added.ts")],
    informd: "checkout",
  });
});

test("a kind in capitals makes a file in small letters, as a kind in a file name is written", async () => {
  using folder = new TemporaryDirectory();
  const result = await write(folder, "Shop/Deployments-changed");
  assert.equal(
    result.type === "written" && result.files[0],
    join(folder.path, "handlers", "Shop", "deployments-changed.ts"),
  );
});

test("a file that is there is never overwritten", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "mine" });
  const result = await write(folder, "pod-added.ts");
  assert.ok(result.type === "failed");
  assert.match(result.message, /^Cannot write ".*pod-added\.ts": it is there already\. /);
  assert.equal(readFileSync(join(folder.path, "handlers", "pod-added.ts"), "utf8"), "mine");
});

test("a kind that Kubernetes does not have is refused with the nearest ones", async () => {
  assert.match(
    await refusal("podz-added"),
    /^Cannot write handler "podz-added": Kubernetes has no kind "podz"\. Nearest: "pods"\. /,
  );
  assert.match(await refusal("deployment.aps-added"), /Nearest: "deployments\.apps"/);
});

test("a kind that nobody can watch is refused", async () => {
  assert.match(await refusal("tokenreview-added"), /cannot be watched/);
});

test("an event that is none is refused with those that are", async () => {
  assert.match(
    await refusal("pod-update"),
    /"update" is no event\. It takes added, updated, deleted, changed\. Did you mean "updated"\?/,
  );
  assert.match(await refusal("pod"), /it has no event\. Write <kind>-<event>, for example "pod-added"/);
});

test("a name that leaves the directory, or that no handler has, is refused", async () => {
  for (const name of ["../pod-added", "/tmp/pod-added", "_shared/pod-added", ".hidden/pod-added"]) {
    assert.match(await refusal(name), /a file of that name is no handler/);
  }
});
