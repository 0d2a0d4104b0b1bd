import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { KUBECTL, shellWithKubectl } from "../support/kubectl.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const MAIN = join(import.meta.dirname, "..", "..", "runtime", "cli", "main.ts");

onEachServer("bundle", ({ open }) => {
  const skip = KUBECTL === undefined && "needs kubectl: KUBEBUILDER_ASSETS names no folder with it";
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    await cluster.createNamespace("ops");
  });

  const shell = (line: string, cwd: string): Promise<string> =>
    shellWithKubectl(`export KUBECONFIG='${cluster.kubeconfigPath}'; ${line}`, cwd);

  const applyLine = async (cwd: string, ...flags: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await run(["bundle", ...flags], cwd);
    return /^Next: (.*)$/m.exec(stdout)?.[1] ?? assert.fail(stdout + stderr);
  };

  const keysOf = async (name: string, namespace: string): Promise<string[]> => {
    const map = await cluster.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace } });
    return Object.keys(map?.["data"] ?? {}).sort();
  };

  test(
    "the line that bundle prints applies its files, and takes away what is no handler any more",
    { skip },
    async () => {
      using folder = new TemporaryDirectory({
        "handlers/pod-added.ts": "export default () => {};",
        "handlers/billing/node-added.ts": "export default () => {};",
        // More than a client-side apply takes into its annotation.
        "handlers/_large.ts": `export const large = ${JSON.stringify("x".repeat(400_000))};`,
        "handlers/service-added.ts": 'import { large } from "./_large.ts";\nexport default () => large;',
      });
      const flags = ["--out", "it's made/of files", "--name", "made", "-n", "ops"];
      await shell(await applyLine(folder.path, ...flags), folder.path);
      assert.deepEqual(await keysOf("made", "ops"), ["billing__node-added.mjs", "pod-added.mjs", "service-added.mjs"]);

      rmSync(join(folder.path, "handlers", "pod-added.ts"));
      await shell(await applyLine(folder.path, ...flags), folder.path);
      assert.deepEqual(await keysOf("made", "ops"), ["billing__node-added.mjs", "service-added.mjs"]);
    },
  );

  test("what bundle -o yaml prints is what kubectl applies", { skip }, async () => {
    using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => { // ü `${1}`\t\n};" });
    await shell(`'${process.execPath}' '${MAIN}' bundle -o yaml | kubectl apply --server-side -f -`, folder.path);
    const map = await cluster.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "informd-handlers" } });
    const { stdout } = await run(["bundle", "-o", "json"], folder.path);
    assert.deepEqual(map?.["data"], (JSON.parse(stdout) as { data: object }).data);
    assert.deepEqual(map?.metadata.labels, { "informd.io/handlers": "true" });
  });
});
