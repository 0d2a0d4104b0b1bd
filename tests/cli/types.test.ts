import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FIXTURES } from "../support/made-types.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const WIDGET = readFileSync(join(FIXTURES, "crds", "widget.yaml"), "utf8");

test("types of definitions are written into the handlers directory, with how to write them anew", async () => {
  using folder = new TemporaryDirectory({ "crds/widget.yaml": WIDGET });
  assert.deepEqual(await run(["types", "--crds", "crds"], folder.path), {
    code: 0,
    stdout: "wrote handlers/informd-types.d.ts: widgets.example.com\n",
    stderr: "",
  });
  const text = readFileSync(join(folder.path, "handlers", "informd-types.d.ts"), "utf8");
  assert.match(text, /^\/\/ Written by informd types; do not edit\. To write it anew: informd types --crds crds\n/);
  assert.match(text, /^ {4}"widgets\.example\.com": V1Widget;$/m);
  assert.equal(
    (await run(["types", "--crds", "crds"], folder.path)).stdout,
    "unchanged handlers/informd-types.d.ts: widgets.example.com\n",
  );
});

test("types are printed, of what standard input says, with --out -", async () => {
  using folder = new TemporaryDirectory();
  const { code, stdout, stderr } = await run(["types", "--crds", "-", "--out", "-"], folder.path, { input: WIDGET });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.match(stdout, /^\/\/ Written by informd types; .*: informd types --crds -\n/);
  assert.match(stdout, /^export interface V1WidgetSpec \{$/m);
});

test("what stands in the way of types is told, with exit code 1, and wrong usage with 2", async () => {
  using folder = new TemporaryDirectory({
    "handlers/informd-types.d.ts": "mine",
    "crds.yaml": WIDGET,
    "pod.yaml": "kind: Pod",
  });
  const refusal = async (...args: string[]): Promise<object> => {
    const { code, stdout, stderr } = await run(["types", ...args], folder.path);
    return { code, stdout, stderr: stderr.replaceAll(folder.path, "") };
  };
  const failed = (stderr: string, code = 1): object => ({ code, stdout: "", stderr: `${stderr}\n` });
  assert.deepEqual(
    await refusal("--crds", "crds.yaml"),
    failed(
      'Cannot write types to "/handlers/informd-types.d.ts": it is there already, and informd types has not written it. Name another file with --out.',
    ),
  );
  assert.deepEqual(
    await refusal("--crds", "pod.yaml"),
    failed('Cannot find definitions in "pod.yaml": no CustomResourceDefinition is there. Name others with --crds.'),
  );
  assert.deepEqual(
    await refusal("--kubeconfig", "nowhere"),
    failed('Cannot read kubeconfig "/nowhere": no such file. Name another one with --kubeconfig.'),
  );
  assert.deepEqual(
    await refusal("--crds", "crds.yaml", "--kubeconfig", "k"),
    failed("Cannot use --crds with --kubeconfig: types are of files or of a cluster. Leave one of them out.", 2),
  );
});

test("types of named resources say in the file which they are", async () => {
  using folder = new TemporaryDirectory({ "widget.yaml": WIDGET });
  const { code, stdout } = await run(["types", "wd", "--crds", "widget.yaml", "--out", "-"], folder.path);
  assert.equal(code, 0);
  assert.match(stdout, /^\/\/ .*: informd types wd --crds widget\.yaml\n/);
});
