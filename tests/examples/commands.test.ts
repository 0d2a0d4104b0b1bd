import assert from "node:assert/strict";
import { globSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { suite, test } from "node:test";
import { DevProcess } from "../support/dev-process.ts";
import { KUBECTL, shellWithKubectl } from "../support/kubectl.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { WebhookBehindProxy } from "../support/webhook-behind-proxy.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The folders of handlers, and what `dev` shows once the lines of their comments have been run. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  "image-policy": / floating image name=web-\S+ namespace=demo image=example\/web:latest pods=\d/,
  "label-propagation": /\n {4}team written namespace=demo team=shop pods=\d+\n/,
  "replica-alert":
    /\n {4}replicas changed name=\w+ from=\d to=\d\n {4}wrote: create events "[\w.-]+" in namespace "demo"\n/,
  "services-without-pods":
    / service=api namespace=demo ready=0\n {4}wrote: create events "[\w.-]+" in namespace "demo"\n/,
  "signed-webhook": /\n {4}told name=\w+ status=204\n/,
  "tiny-operator":
    / page-changed live demo\/site-home done .*\n {4}wrote: .*\n {4}page written site=home page=site-home\n/,
  "ttl-cleaner": /\n {4}wrote: delete configmaps "web-config" in namespace "demo"\n/,
};
const FOLDERS = globSync("*/", { cwd: join(ROOT, "examples") }).map((folder) => basename(folder));

/** A person types no faster. */
const ALL_ARE_THERE =
  "kubectl --kubeconfig .informd/kubeconfig -n demo wait --for=condition=Available deployment --all";

interface Example {
  /** The line that runs it. */
  readonly run: string;
  /** The lines that make something happen, where the sample activity does not. */
  readonly next: readonly string[];
}

function exampleIn(folder: string): Example {
  const texts = globSync("*.ts", { cwd: join(ROOT, "examples", folder) }).map((file) =>
    readFileSync(join(ROOT, "examples", folder, file), "utf8"),
  );
  const commands = texts.flatMap((text) => text.match(/^\/\/ (?:npx|kubectl) .*$/gm) ?? []);
  const [run = "", ...next] = commands.map((line) => line.slice(3));
  return { run, next };
}

suite("the commands in the examples' comments, on the embedded cluster", { timeout: 300_000 }, () => {
  for (const folder of FOLDERS) {
    const { run, next } = exampleIn(folder);
    const skip =
      next.length > 0 && KUBECTL === undefined && "needs kubectl: KUBEBUILDER_ASSETS names no folder with it";

    test(`${folder} shows what it is for`, { skip }, async () => {
      assert.equal(run, `npx informd dev --handlers examples/${folder}`);
      using state = new TemporaryDirectory();
      symlinkSync(join(ROOT, "examples"), join(state.path, "examples"));
      const args = ["--handlers", join(ROOT, "examples", folder)];
      await using webhook = await WebhookBehindProxy.open("hooks.example.com");
      const env = { ...webhook.env, WEBHOOK_SECRET: "any" };
      await using dev = new DevProcess(args, state.path, { env });
      await dev.until(/ready: \d live(, \d waiting)?\n/);
      if (next.length > 0) await shellWithKubectl(ALL_ARE_THERE, state.path);
      for (const line of next) await shellWithKubectl(line, state.path);
      await dev.until(SHOWN[folder] ?? /^$/);
    });
  }

  test("each folder has what is expected of it", () => {
    assert.deepEqual(FOLDERS.toSorted(), Object.keys(SHOWN));
  });
});

test("examples/README.md has a row for each example, with its command", () => {
  const text = readFileSync(join(ROOT, "examples", "README.md"), "utf8");
  const rows = [...text.matchAll(/^\| \[(\S+)\]\((\S+)\) \| .+ \|$/gm)].map(([, name, target]) => ({ name, target }));
  assert.deepEqual(
    rows,
    [...FOLDERS.toSorted(), "watch-pods.ts"].map((name) => ({ name, target: name })),
  );
});
