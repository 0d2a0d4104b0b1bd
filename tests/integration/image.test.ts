import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { confine, skipWithoutBubblewrap, type Confinement } from "../support/image/bubblewrap.ts";
import { buildImage, type Image } from "../support/image/image.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { descendantsOf } from "../support/processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { openEmbeddedServer } from "../support/test-cluster/open-embedded-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const HANDLER = `
  import { on } from "informd";
  export default on("configmaps", { names: ["greeting"] }, ({ object }, { log }) => log.info(object.data?.text ?? ""));`;

suite("the image of manifests/Dockerfile", { timeout: 240_000, skip: skipWithoutBubblewrap }, () => {
  const folder = temporaryFolder();
  const handlers = join(folder, "handlers");
  const state = join(folder, "state");
  let image: Image;
  let cluster: TestCluster;

  before(async () => {
    image = buildImage(join(folder, "image"));
    cluster = await openEmbeddedServer();
    mkdirSync(handlers);
    writeFileSync(join(handlers, "greeting-changed.ts"), HANDLER);
    mkdirSync(state);
    chmodSync(state, 0o1777);
    copyFileSync(cluster.kubeconfigPath, join(folder, "kubeconfig"));
    chmodSync(join(folder, "kubeconfig"), 0o444);
    chmodSync(folder, 0o755);
  });
  after(() => cluster.stop());

  function inside(volumes: NonNullable<Confinement["volumes"]> = {}): string[] {
    return confine({ ...image, writable: false, volumes });
  }

  function run(...command: string[]): string {
    const { stdout, stderr, status } = spawnSync("bwrap", [...inside(), ...command], { encoding: "utf8" });
    return `${status}: ${stdout}${stderr}`;
  }

  async function isolationHere(): Promise<unknown> {
    const args = [
      "start",
      "--kubeconfig",
      cluster.kubeconfigPath,
      "--handlers",
      handlers,
      "--state",
      join(folder, "here"),
    ];
    await using informd = new InformdProcess(args);
    const { isolation } = await informd.log({ msg: "starting" });
    return isolation;
  }

  test("has the command informd, on Node 26", () => {
    assert.match(run("informd", "--version"), /^0: \d+\.\d+\.\d+\n$/);
    assert.match(run("node", "--version"), /^0: v26\./);
  });

  test("runs as a user without rights, who can write nothing but the state directory", () => {
    assert.match(run("id"), /^0: uid=65532 gid=65532/);
    for (const path of ["/opt/informd/x", "/usr/local/bin/x", "/etc/x"]) assert.match(run("touch", path), /^1: /);
  });

  test("holds no sources, tests or development dependencies", () => {
    assert.match(run("ls", "/opt/informd/node_modules"), /^0: [^]*esbuild/);
    assert.doesNotMatch(run("ls", "/opt/informd/node_modules"), /^(typescript|oxlint|oxfmt|knip|fast-check|node)$/m);
    assert.match(run("ls", "/opt/informd/runtime"), /^2: /);
  });

  test("runs handlers from a volume, in sandboxes with the limits that they have outside of it", async () => {
    const volumes = {
      "/etc/informd/handlers": { folder: handlers, writable: false },
      "/etc/informd/kubeconfig": { folder: join(folder, "kubeconfig"), writable: false },
      "/var/lib/informd": { folder: state, writable: true },
    };
    const program = ["bwrap", ...inside(volumes), ...image.entrypoint] as const;
    const args = [...image.command, "--kubeconfig", "/etc/informd/kubeconfig"];
    await using informd = new InformdProcess(args, { program: [program[0], ...program.slice(1)] });
    await informd.log({ msg: "ready", live: 1, degraded: 0, failed: 0 });
    await cluster.create(configMap("greeting", { data: { text: "hello from the image" } }));
    await informd.log({ msg: "hello from the image", handler: "greeting-changed" });
    const [starting] = informd.where({ msg: "starting" });
    assert.equal(starting?.["handlers"], "/etc/informd/handlers");
    assert.equal(starting["isolation"], await isolationHere());
    // What bubblewrap started is the container's first process, as it would be in a pod.
    const [first = 0] = await descendantsOf(informd.pid);
    process.kill(first, "SIGTERM");
    assert.equal(await informd.exited, 0);
  });
});
