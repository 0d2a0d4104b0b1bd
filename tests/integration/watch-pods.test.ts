import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "examples", "watch-pods.ts");

onEachServer("examples/watch-pods.ts", ({ open }) => {
  let cluster: TestCluster;
  let child: ChildProcess | undefined;

  before(async () => void (cluster = await open()));

  after(() => void child?.kill("SIGKILL"));

  test("prints what happens to pods as it happens, and ends cleanly on Ctrl-C", async () => {
    await cluster.apply(pod("first"));
    const program = spawn(process.execPath, [PROGRAM, "--kubeconfig", cluster.kubeconfigPath], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = program;
    const exited = once(program, "exit");
    const printed = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<unknown> => (await printed.next()).value;
    // Between these, a resync tells every pod again as updated, and a pod is updated before it is deleted.
    const until = async (wanted: string): Promise<void> => {
      for (let text = await line(); text !== wanted; text = await line()) assert.match(String(text), /^Pod updated: /);
    };

    const atFirst = new Set([await line(), await line()]);
    assert.deepEqual(atFirst, new Set(["Pod added: first", "Pods in default: first"]));
    await cluster.apply(pod("second"));
    await until("Pod added: second");
    await cluster.label(pod("second"), { a: "b" });
    await until("Pod updated: second");
    await cluster.delete(pod("first"));
    await until("Pod deleted: first");

    program.kill("SIGINT");
    assert.deepEqual(await exited, [0, null]);
  });

  test("says what is wrong with a kubeconfig that the server does not accept, exit code 1", async () => {
    const kubeconfig = cluster.createKubeconfig("nobody", { token: "wrong" });
    const program = spawn(process.execPath, [PROGRAM, "--kubeconfig", kubeconfig], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    program.stderr.on("data", (chunk) => (complaint += String(chunk)));
    assert.deepEqual(await once(program, "close"), [1, null]);
    assert.match(complaint, /Cannot find pods: https:\/\/127\.0\.0\.1:\d+ does not accept the credentials \(401\)/);
  });
});
