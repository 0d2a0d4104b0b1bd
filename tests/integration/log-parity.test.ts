/** Whoever reads the log by machine learns it once: `dev --log json` and `start` say the same of the same. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { InformdProcess, type LogLine } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const FLOATS = `setTimeout(() => { throw new Error("nobody waits"); }, 0);`;
const GREETS = `
export const config = {
  namespaces: ["default"], allow: { kube: ["patch configmaps"] }, retry: { attempts: 2, backoff: "10ms" },
};
export default async function greets({ object }, { kube, log }) {
  const { name, namespace } = object.metadata;
  log.info("hello", { name });
  if (name === "floats") ${FLOATS}
  if (name === "fails") throw new TypeError("no");
  if (name === "good") await kube.patch("configmaps", { name, namespace }, { metadata: { labels: { seen: "yes" } } });
}
`;

/** What only one of them does. */
const ONLY_OF_START = ["listening"];
const ONLY_OF_DEV = ["types not checked"];

type Shapes = Readonly<Record<string, readonly string[]>>;

onEachServer("the log for machines", ({ open }) => {
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
  });

  /** One life of the runtime, with good events and bad ones, broken saves and good ones. */
  async function live(...command: string[]): Promise<readonly LogLine[]> {
    using folder = new TemporaryDirectory({
      "handlers/configmap-added.mjs": GREETS,
      "handlers/gizmo-added.mjs": "export default () => {};",
      "handlers/secret-added.mjs": "export default () => {};",
    });
    const args = [...command, "--kubeconfig", cluster.kubeconfigPath];
    await using informd = new InformdProcess(args, { cwd: folder.path });
    await informd.log({ msg: "ready" });
    for (const name of ["good", "floats", "fails"]) await cluster.apply(configMap(name));
    await informd.log({ msg: "dead letter" });
    await informd.log({ msg: "unhandled error" });
    folder.write("handlers/configmap-added.mjs", `${GREETS}const = 1;`);
    await informd.log({ msg: "build failed", file: "configmap-added.mjs" });
    folder.write("handlers/configmap-added.mjs", GREETS);
    await informd.log({ msg: "handler unchanged" });
    folder.write("handlers/secret-added.mjs", "export default () => {}; export const config = { names: ['a'] };");
    await informd.log({ msg: "handler live", handler: "secret-added" });
    folder.remove("handlers/secret-added.mjs");
    await informd.log({ msg: "handler removed" });
    cluster.cut();
    await informd.log({ msg: "API server unreachable" });
    cluster.mend();
    await informd.log({ msg: "API server reachable" });
    assert.equal(await informd.stop(), 0, informd.stderr);
    for (const name of ["good", "floats", "fails"]) await cluster.delete(configMap(name));
    return informd.lines;
  }

  test("is the same of dev and of start: messages, levels and fields", async () => {
    const start = shapesOf(await live("start", "--watch"));
    const dev = shapesOf(await live("dev", "--live", "--log", "json"));
    assert.deepEqual(without(dev, ONLY_OF_DEV), without(start, ONLY_OF_START));
    for (const [shapes, only] of [
      [start, ONLY_OF_START],
      [dev, ONLY_OF_DEV],
    ] as const) {
      for (const msg of only)
        assert.ok(
          Object.keys(shapes).some((key) => key.endsWith(` ${msg}`)),
          msg,
        );
    }
  });
});

/** `info handler live` has which fields, and under `data`. */
function shapesOf(lines: readonly LogLine[]): Shapes {
  const shapes: Record<string, string[]> = {};
  for (const line of lines) {
    const fields = [...Object.keys(line), ...Object.keys(line.data ?? {}).map((key) => `data.${key}`)];
    const seen = (shapes[`${String(line["level"])} ${line.msg}`] ??= []);
    seen.push(...fields.filter((field) => !seen.includes(field)));
  }
  return Object.fromEntries(Object.entries(shapes).map(([key, fields]) => [key, fields.toSorted()]));
}

/** Whether a watch hears of an outage before it ends is a matter of chance. */
const BY_CHANCE = ["informer failed"];

function without(shapes: Shapes, messages: readonly string[]): Shapes {
  const left = [...messages, ...BY_CHANCE];
  return Object.fromEntries(
    Object.entries(shapes)
      .filter(([key]) => !left.some((msg) => key.endsWith(` ${msg}`)))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
