import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, suite, test } from "node:test";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "examples", "watch-pods.ts");

function pod(name: string): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: { containers: [{ name: "main", image: "example" }] },
  };
}

suite("examples/watch-pods.ts on a real API server", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let server: KubeApiServer;
  let child: ChildProcess | undefined;

  before(async () => void (server = await startKubeApiServer()));

  after(async () => {
    child?.kill("SIGKILL");
    await server?.stop();
  });

  test("prints what happens to pods as it happens, and ends cleanly on Ctrl-C", async () => {
    await server.apply(pod("first"));
    const program = spawn(process.execPath, [PROGRAM, "--kubeconfig", server.kubeconfigPath], {
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
    await server.apply(pod("second"));
    await until("Pod added: second");
    await server.kubectl("label", "pod", "second", "a=b");
    await until("Pod updated: second");
    await server.kubectl("delete", "pod", "first", "--grace-period=0", "--force");
    await until("Pod deleted: first");

    program.kill("SIGINT");
    assert.deepEqual(await exited, [0, null]);
  });

  test("says what is wrong with a kubeconfig that the server does not accept, exit code 1", async () => {
    const kubeconfig = server.createKubeconfig("nobody", { token: "wrong" });
    const program = spawn(process.execPath, [PROGRAM, "--kubeconfig", kubeconfig], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    program.stderr.on("data", (chunk) => (complaint += String(chunk)));
    assert.deepEqual(await once(program, "close"), [1, null]);
    assert.match(complaint, /Cannot find pods: https:\/\/127\.0\.0\.1:\d+ does not accept the credentials \(401\)/);
  });
});
