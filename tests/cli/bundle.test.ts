import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "js-yaml";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const HANDLERS = {
  "handlers/pod-added.ts": "export default () => {};",
  "handlers/billing/invoice-paid.ts":
    'import { on } from "informd";\nimport { pad } from "pad";\nexport default on("pods", { name: pad("paid") }, () => {});',
  "node_modules/pad/package.json": '{ "name": "pad", "version": "1.0.0" }',
  "node_modules/pad/index.js": "exports.pad = (text) => text.padStart(3);",
};

test("bundle writes one file per handler file and says their sizes, packages and how to apply them", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const { code, stdout, stderr } = await run(["bundle", "-n", "ops"], folder.path);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.deepEqual(readdirSync(join(folder.path, "dist", "handlers")), ["billing__invoice-paid.mjs", "pod-added.mjs"]);
  assert.match(
    stdout,
    new RegExp(
      [
        "^KEY +SIZE +PACKAGES",
        "billing__invoice-paid\\.mjs +\\S+ KiB +pad \\d+ B",
        "pod-added\\.mjs +\\d+ B",
        "2 files in dist/handlers: \\S+ KiB of the 1 MiB that a ConfigMap holds",
        "",
        "Next: kubectl create configmap informd-handlers -n ops --from-file dist/handlers --dry-run=client -o yaml \\| kubectl apply -n ops --server-side -f -",
        "$",
      ].join("\\n"),
    ),
  );
});

test("bundle -o yaml and -o json print the same ConfigMap, and write nothing", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const args = ["bundle", "--name", "mine", "-n", "ops"];
  const [yaml, json] = await Promise.all(
    ["yaml", "json"].map(async (format) => (await run([...args, "-o", format], folder.path)).stdout),
  );
  const map = load(yaml ?? "") as { metadata: object; data: Readonly<Record<string, string>> };
  assert.deepEqual(map, JSON.parse(json ?? ""));
  assert.deepEqual(map.metadata, { name: "mine", namespace: "ops", labels: { "informd.io/handlers": "true" } });
  assert.deepEqual(Object.keys(map.data), ["billing__invoice-paid.mjs", "pod-added.mjs"]);
  assert.ok(!existsSync(join(folder.path, "dist")));
});

test("bundle shows a file that does not load as check does, exit code 1, and keeps what was made before", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  await run(["bundle"], folder.path);
  const before = readFileSync(join(folder.path, "dist", "handlers", "pod-added.mjs"), "utf8");
  folder.write("handlers/pod-added.ts", "export default () => {\n  const = 1;\n};\n");
  folder.remove("handlers/billing/invoice-paid.ts");
  const { code, stdout, stderr } = await run(["bundle"], folder.path);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.equal(stderr, (await run(["check"], folder.path)).stderr);
  assert.match(stderr, /^pod-added\.ts:2:9 Expected identifier/);
  assert.equal(readFileSync(join(folder.path, "dist", "handlers", "pod-added.mjs"), "utf8"), before);
  assert.equal(readdirSync(join(folder.path, "dist", "handlers")).length, 2);
});

test("bundle that does not fit into a ConfigMap names packages and files, exit code 1, and writes nothing", async () => {
  const big = `exports.big = ${JSON.stringify("x".repeat(600_000))};`;
  const uses = 'import { big } from "big";\nexport default () => big;';
  using folder = new TemporaryDirectory({
    "handlers/pod-added.ts": uses,
    "handlers/pod-deleted.ts": uses,
    "node_modules/big/index.js": big,
  });
  for (const flags of [[], ["-o", "yaml"]]) {
    const { code, stdout, stderr } = await run(["bundle", ...flags], folder.path);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.match(
      stderr,
      /they need 1\.1 MiB, and a ConfigMap holds 1 MiB\. The biggest:\n {2}pod-\w+\.ts: 58\d\S* KiB, of it big/,
    );
    assert.match(stderr, /"big" is in 2 of them/);
  }
  assert.ok(!existsSync(join(folder.path, "dist")));
});

test("bundle of named handlers makes a part", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const { code } = await run(["bundle", "handlers/billing/invoice-paid.ts", "--out", "part"], folder.path);
  assert.deepEqual([code, readdirSync(join(folder.path, "part"))], [0, ["billing__invoice-paid.mjs"]]);
});

test("bundle says of a value that it cannot use what it takes, exit code 2", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const refusal = async (...flags: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(["bundle", ...flags], folder.path);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  assert.match(await refusal("--name", "My_Map"), /^Cannot use --name "My_Map": it takes lower-case letters/);
  assert.match(await refusal("-n", "a.b"), /^Cannot use --namespace "a\.b": it takes the name of one namespace/);
  assert.match(
    await refusal("--out", "x", "-o", "yaml"),
    /^Cannot use --out "x": with --output yaml nothing is written/,
  );
  assert.match(await refusal("--out", ""), /^Cannot use --out "": it is empty/);
  assert.match(await refusal("--out", "-"), /^Cannot use --out "-": it is a directory\. To print .*, use -o yaml\.\n$/);
});
