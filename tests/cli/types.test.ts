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
