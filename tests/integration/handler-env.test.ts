import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const SECRET = "canary-5e1f7c";

/** Says which variables it has, in every way in which a program looks for them. */
function handler(names: readonly string[]): string {
  return `
    import process from "node:process";
    export const config = { namespaces: ["default"], events: ["added"], allow: { env: ${JSON.stringify(names)} } };
    export default function configMapAdded({ object }, { env, log }) {
      const assigned = Reflect.set(env, "TEAM", "other");
      const { TEAM, EMPTY, ABSENT, OTHER_TOKEN } = env;
      log.info("env", {
        map: object.metadata.name, all: { ...env }, team: TEAM, empty: EMPTY, assigned,
        absent: [ABSENT, OTHER_TOKEN].map((value) => typeof value), process: { ...process.env },
      });
    }`;
}

onEachServer("env of a handler", ({ open }) => {
  let cluster: TestCluster;
  const handlers = new TemporaryDirectory({ "configmap-added.ts": handler(["TEAM", "EMPTY", "ABSENT"]) });

  before(async () => {
    cluster = await open();
  });

  after(() => handlers[Symbol.dispose]());

  test("has the variables that allow.env names, as informd was started with, and no others", async () => {
    const env = { ...process.env, TEAM: "web", EMPTY: "", OTHER_TOKEN: SECRET };
    const args = ["start", "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path, "--watch"];
    await using informd = new InformdProcess(args, { cwd: handlers.path, env });
    const { revision } = await informd.log({ msg: "handler live" });
    const told = (map: string) =>
      informd.until(map, () => informd.told("configmap-added").find(({ data }) => data?.["map"] === map)?.data);
    await cluster.apply(configMap("env-1"));
    assert.deepEqual(await told("env-1"), {
      map: "env-1",
      all: { TEAM: "web", EMPTY: "" },
      team: "web",
      empty: "",
      assigned: false,
      absent: ["undefined", "undefined"],
      process: {},
    });
    assert.doesNotMatch(JSON.stringify(informd.lines), new RegExp(SECRET));
    handlers.write("configmap-added.ts", handler(["OTHER_TOKEN"]));
    await informd.until("the swap", () =>
      informd.where({ msg: "handler live" }).find((one) => one["revision"] !== revision),
    );
    await cluster.apply(configMap("env-2"));
    assert.deepEqual((await told("env-2"))["all"], { OTHER_TOKEN: SECRET });
  });
});
