import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { before, test } from "node:test";
import { systemClock, type Clock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import { apiResource } from "../support/cluster-builders.ts";
import { fastClock } from "../support/fast-clock.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const CONFIG_MAPS = { resource: apiResource("configmaps", "ConfigMap"), namespace: "default" };

onEachServer("credentials", ({ open, onlyReal }) => {
  let cluster: TestCluster;
  const { signal } = new AbortController();

  before(async () => {
    cluster = await open();
  });

  const connect = (kubeconfig: string, clock: Clock = systemClock): Cluster =>
    createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }), environment: process.env, clock });

  test(
    "a user without rights is told what is forbidden",
    { skip: onlyReal("the embedded server has no roles") },
    async () => {
      const user = cluster.addUser();
      const stranger = connect(user.kubeconfigPath);
      const answer = await stranger.listWatch({ ...CONFIG_MAPS, namespace: "" }).list({}, () => {}, signal);
      const sentence = describeFailure(answer as RequestFailure, {
        server: stranger.server,
        action: "list configmaps",
      });
      assert.match(
        sentence,
        /^Cannot list configmaps: configmaps is forbidden: User "user-\d+" cannot list .* \(403\)\. Bind a role/,
      );
      await stranger.close();
    },
  );

  test("an exec plugin's token is accepted, and one that the server refuses is asked for again", async () => {
    const env = [
      { name: "RUNS", value: join(cluster.folder, "plugin-runs") },
      { name: "ANSWER", value: JSON.stringify(execCredential(cluster.token)) },
    ];
    const args = [join(import.meta.dirname, "..", "fixtures", "exec-plugin.cjs")];
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args,
      env,
      interactiveMode: "Never",
    };
    const plugged = connect(cluster.createKubeconfig("plugged", { exec }));
    assert.equal((await plugged.objects.list(CONFIG_MAPS, signal)).type, "object");
    await plugged.close();

    env[1] = { name: "ANSWER", value: JSON.stringify(execCredential("wrong-token-RUN")) };
    const refused = connect(cluster.createKubeconfig("refused", { exec }));
    const answer = await refused.objects.list(CONFIG_MAPS, signal);
    assert.ok(answer.type === "status");
    assert.equal(answer.code, 401);
    assert.equal(readFileSync(join(cluster.folder, "plugin-runs"), "utf8").trim().split("\n").length, 3);
    await refused.close();
  });

  test("a token that the server refuses is replaced by what the token file holds by then", async () => {
    const tokenFile = join(cluster.folder, "rotated-token");
    writeFileSync(tokenFile, "expired-token\n");
    const rotating = connect(cluster.createKubeconfig("rotating", { tokenFile }), fastClock(10));
    const list = async (): Promise<string | number> => {
      const answer = await rotating.objects.list(CONFIG_MAPS, signal);
      return answer.type === "status" ? answer.code : answer.type;
    };
    assert.equal(await list(), 401);
    writeFileSync(tokenFile, `${cluster.token}\n`);
    while ((await list()) !== "object") await delay(50);
    await rotating.close();
  });
});

function execCredential(token: string): object {
  return { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } };
}
