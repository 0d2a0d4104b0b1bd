import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { DevProcess } from "../support/dev-process.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const UP = /^kubectl .*\n/m;

function cluster(args: readonly string[], folder: TemporaryDirectory): DevProcess {
  return new DevProcess(args, folder.path, { command: "cluster" });
}

/** What a client with this kubeconfig sees of the pods, as JSON. */
async function podsOf(folder: TemporaryDirectory): Promise<string> {
  const config = loadClusterConfig({ kubeconfig: join(folder.path, ".informd", "kubeconfig"), environment: {} });
  const client = createCluster({ config });
  const resource = builtInResources.find(({ plural }) => plural === "pods");
  assert.ok(resource);
  const answer = await client.objects.list({ resource, namespace: "" }, new AbortController().signal);
  await client.close();
  assert.equal(answer.type, "object");
  return JSON.stringify(answer);
}

test("cluster says what it is and how kubectl reaches it, serves, and ends on SIGTERM at once", async () => {
  using folder = new TemporaryDirectory();
  await using child = cluster([], folder);
  await child.until(UP);
  assert.equal(
    child.text.replace(/:\d{4,5} /, ":PORT "),
    [
      "cluster   https://127.0.0.1:PORT (embedded, activity off)",
      "          no real cluster: in memory, no containers run, no rights are checked",
      "          Ctrl-C ends it, and then all that is in it is gone",
      "kubectl   kubectl --kubeconfig .informd/kubeconfig get all -A",
      "",
    ].join("\n"),
  );
  assert.match(await podsOf(folder), /"items":\[\]/);
  const stoppedAt = performance.now();
  child.stop();
  assert.equal(await child.exited, 0);
  assert.ok(performance.now() - stoppedAt < 1000, `${performance.now() - stoppedAt} ms`);
  assert.ok(child.text.endsWith("\nstopped\n"), child.text);
  assert.ok(!existsSync(join(folder.path, ".informd", "kubeconfig")), "the kubeconfig of a server that is gone");
});

test("cluster ends on Ctrl-C too", async () => {
  using folder = new TemporaryDirectory();
  await using child = cluster([], folder);
  await child.until(UP);
  child.pressCtrlC();
  assert.equal(await child.exited, 0);
});

test("nobody but the user may read the kubeconfig, which holds a token", async () => {
  using folder = new TemporaryDirectory();
  await using child = cluster(["--state", "mine"], folder);
  await child.until(/^kubectl {3}kubectl --kubeconfig mine\/kubeconfig /m);
  const path = join(folder.path, "mine", "kubeconfig");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.match(readFileSync(path, "utf8"), /token/);
});

for (const activity of ["calm", "busy"]) {
  test(`cluster --activity ${activity} has workloads`, async () => {
    using folder = new TemporaryDirectory();
    await using child = cluster(["--activity", activity], folder);
    await child.until(new RegExp(String.raw`^cluster .* \(embedded, activity ${activity}\)\n`, "m"));
    await child.until(UP);
    const endAt = performance.now() + 30_000;
    while (!(await podsOf(folder)).includes('"name":"web-')) assert.ok(performance.now() < endAt, "there are no pods");
  });
}

test("an embedded cluster that another one keeps from starting says which and what to do, exit code 1", async () => {
  using folder = new TemporaryDirectory();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const taken = await run(["cluster", "--port", port], folder.path);
  other.close();
  assert.deepEqual(
    [taken.code, taken.stderr],
    [
      1,
      `Cannot start the embedded cluster: port ${port} is taken. Give --port another one, or leave it out for a free one.\n`,
    ],
  );
  await using child = cluster([], folder);
  await child.until(UP);
  const held = await run(["cluster"], folder.path);
  assert.deepEqual([held.code, held.stdout], [1, ""]);
  assert.match(
    held.stderr,
    /^Cannot start the embedded cluster: another one uses state directory ".*\/\.informd"\. Stop that one, or name another directory with --state\.\n$/,
  );
});

test("a state directory that cannot be used is named, exit code 1", async () => {
  using folder = new TemporaryDirectory({ file: "" });
  const noDirectory = await run(["cluster", "--state", "file"], folder.path);
  assert.equal(noDirectory.code, 1);
  assert.match(
    noDirectory.stderr,
    /^Cannot start the embedded cluster: state directory ".*\/file" cannot be used: .*\. Name another one with --state\.\n$/,
  );
  mkdirSync(join(folder.path, "state", "kubeconfig"), { recursive: true });
  const noFile = await run(["cluster", "--state", "state"], folder.path);
  assert.equal(noFile.code, 1);
  assert.match(
    noFile.stderr,
    /^Cannot start the embedded cluster: its kubeconfig cannot be written: .*\. Name another directory with --state\.\n$/,
  );
});

test("the embedded cluster does not start in production, exit code 1", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  for (const command of ["cluster", "dev"]) {
    const { code, stderr } = await run([command], folder.path, { env: { ...process.env, NODE_ENV: "production" } });
    assert.equal(code, 1);
    assert.equal(
      stderr,
      "Cannot start the embedded cluster: it is for development, and NODE_ENV is production. Unset NODE_ENV, or run the handlers on a real cluster with --kubeconfig.\n",
    );
  }
});

test("cluster refuses values that it does not take, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(["cluster", ...args], folder.path);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  assert.equal(
    await refusal("--port", "80x"),
    'Cannot use --port "80x": it takes a number from 0 to 65535; 0 is any free one.\n',
  );
  assert.equal(await refusal("--activity", "wild"), 'Cannot use --activity "wild": it takes off, calm, busy.\n');
  assert.equal(await refusal("--state", ""), 'Cannot use --state "": it is empty. Give it a value, or leave it out.\n');
});
