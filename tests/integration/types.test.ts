/** `informd types` asks an API server, and says what the definitions say. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { parseManifest } from "#kubernetes/manifest.ts";
import { elementsOf } from "#kernel/json-value.ts";
import { DevProcess } from "../support/dev-process.ts";
import { fixtureDefinitions, typesTextOf } from "../support/made-types.ts";
import { run } from "../support/run-informd.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";
import { typeProject } from "../support/type-project.ts";

function definitions(): Named[] {
  const documents = fixtureDefinitions().flatMap(({ text }) => {
    const manifest = parseManifest(text);
    return manifest.type === "documents" ? manifest.documents : [];
  });
  const objects = documents.flatMap((one) => [one, ...elementsOf(one, "items")]) as Named[];
  return objects.filter(({ kind }) => kind === "CustomResourceDefinition");
}

/** Compiles as long as nothing is known of widgets. */
const HANDLER = `
import { on } from "informd";
export default on("widgets.example.com", ({ object }, { log }) => {
  log.info("size", { size: object.sise });
});
`;

const PUBLISHED_TIMEOUT_MS = 30_000;

onEachServer("types of a cluster's custom resources", (server) => {
  let cluster: TestCluster;
  before(async () => {
    cluster = await server.open();
    await cluster.create(...definitions());
    for (const { spec } of definitions()) {
      const { group, names, versions } = spec as {
        readonly group: string;
        readonly names: { readonly kind: string };
        readonly versions: readonly { readonly name: string; readonly served: boolean }[];
      };
      for (const { name, served } of versions) {
        if (served) await untilPublished(cluster, { group, version: name, kind: names.kind });
      }
    }
  });

  test("need no right but to be known", async (context) => {
    const skip = server.onlyReal("the embedded one knows no rights");
    if (skip !== false) return context.skip(skip);
    const { token } = cluster.addUser();
    const kubeconfig = cluster.createKubeconfig("without-rights", { token });
    const { stderr, code } = await run(["types", "--kubeconfig", kubeconfig, "--out", "-"], cluster.folder);
    assert.deepEqual({ stderr, code }, { stderr: "", code: 0 });
    const stranger = cluster.createKubeconfig("stranger", { token: "unknown" });
    const refused = await run(["types", "--kubeconfig", stranger, "--out", "-"], cluster.folder);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^Cannot read the cluster's kinds: .* does not accept the credentials \(401\)\. /);
    return undefined;
  });

  test("are offered by dev once a handler names a kind without them, and then checked", async () => {
    using folder = typeProject({ "handlers/widget-sized.ts": HANDLER });
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath], folder.path);
    await dev.until(/ready: 1 live\n/);
    const [, command = ""] = await dev.until(
      /widget-sized widgets\.example\.com has no types: informd (types .*) writes them\n/,
    );
    assert.doesNotMatch(dev.text, /type error/);
    const { code, stdout } = await run(command.split(" "), folder.path);
    assert.equal(code, 0);
    assert.match(stdout, /^wrote handlers\/informd-types\.d\.ts: .*widgets\.example\.com/);
    await dev.until(/type error\n {4}handlers\/widget-sized\.ts:4:\d+ Property 'sise' does not exist /);
    folder.write("handlers/widget-sized.ts", HANDLER.replace("sise", "spec.size"));
    await dev.until(/no type errors any more\n/);
    assert.equal(dev.text.split("has no types").length, 2);
  });

  test("are those of their definitions", async () => {
    const { stdout, stderr, code } = await run(
      ["types", "--kubeconfig", cluster.kubeconfigPath, "--out", "-"],
      cluster.folder,
    );
    assert.deepEqual({ stderr, code }, { stderr: "", code: 0 });
    const command = `informd types --kubeconfig ${cluster.kubeconfigPath}`;
    assert.equal(stdout, await typesTextOf(fixtureDefinitions(), command));
  });
});

/** A server publishes the schema of a kind after it has begun to serve it. */
async function untilPublished(
  cluster: TestCluster,
  { group, version, kind }: { readonly group: string; readonly version: string; readonly kind: string },
): Promise<void> {
  await cluster.untilServed(`${group}/${version}`, kind);
  const name = [...group.split(".").toReversed(), version, kind].join(".");
  const path = `apis/${group}/${version}`;
  const says = async (document: string, word: string): Promise<boolean> =>
    JSON.stringify(await cluster.read(document)).includes(word);
  const deadline = performance.now() + PUBLISHED_TIMEOUT_MS;
  while (!((await says("/openapi/v3", path)) && (await says(`/openapi/v3/${path}`, name)))) {
    assert.ok(performance.now() < deadline, `no schema is published for ${name}`);
    await delay(50);
  }
}
