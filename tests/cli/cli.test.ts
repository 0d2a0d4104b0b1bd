import assert from "node:assert/strict";
import { test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

async function informd(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  await using child = new InformdProcess(args, { cwd, env });
  const code = await child.exited;
  return { code, stderr: child.stderr };
}

const KUBECONFIG = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "u", user: {} }],
  contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
  "current-context": "x",
});

test("informd refuses an unknown flag and names the nearest one, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  const { code, stderr } = await informd(["start", "--wacth"], folder.path);
  assert.equal(code, 2);
  assert.equal(stderr, 'Cannot run informd: unknown option "--wacth". Did you mean --watch?\n');
});

test("informd refuses an unknown command, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  const { code, stderr } = await informd(["strat"], folder.path);
  assert.equal(code, 2);
  assert.equal(stderr, 'Cannot run informd: unknown command "strat". Did you mean start?\n');
});

test("start refuses an option value that is not allowed, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  const { code, stderr } = await informd(["start", "--log", "xml"], folder.path);
  assert.equal(code, 2);
  assert.equal(stderr, 'Cannot use --log "xml": it takes json or pretty.\n');
});

test("start takes a flag's value from INFORMD_ variables too", async () => {
  using folder = new TemporaryDirectory();
  const { code, stderr } = await informd(["start"], folder.path, { ...process.env, INFORMD_LOG: "xml" });
  assert.equal(code, 2);
  assert.match(stderr, /xml/);
});

test("start without a handlers directory says how to name one, exit code 1", async () => {
  using folder = new TemporaryDirectory({ kubeconfig: KUBECONFIG });
  const { code, stderr } = await informd(["start", "--kubeconfig", "kubeconfig"], folder.path);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot read handlers directory ".*\/handlers": no such directory\. Create it \("informd new pod-added" does\), or name another one with --handlers\.\n$/,
  );
});

test("start without a kubeconfig says where one is looked for, exit code 1", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  const env = { PATH: process.env["PATH"], HOME: folder.path };
  const { code, stderr } = await informd(["start"], folder.path, env);
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot find a cluster: .*--kubeconfig/);
});

test("start with a kubeconfig that is not there names it, exit code 1", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
  const { code, stderr } = await informd(["start", "--kubeconfig", "missing"], folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot read kubeconfig ".*\/missing": /);
});

test("start refuses two files with one id and names both, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
    "handlers/pod-added.js": "export default () => {};",
  });
  const { code, stderr } = await informd(["start", "--kubeconfig", "kubeconfig"], folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /"pod-added\.js" and "pod-added\.ts" have one id, "pod-added"\. Rename one of them\.\n$/);
});

test("start refuses an empty handlers directory, exit code 1", async () => {
  using folder = new TemporaryDirectory({ kubeconfig: KUBECONFIG, "handlers/_shared.ts": "" });
  const { code, stderr } = await informd(["start", "--kubeconfig", "kubeconfig"], folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /there is no handler file in it\. Add one such as "pod-added\.ts"/);
});

test("start refuses to run when no handler loads, and the log says why for each, exit code 1", async () => {
  using folder = new TemporaryDirectory({ kubeconfig: KUBECONFIG, "handlers/pod-added.ts": "export const x = 1;" });
  await using child = new InformdProcess(["start", "--kubeconfig", "kubeconfig"], { cwd: folder.path });
  assert.equal(await child.exited, 1);
  const [record] = child.where({ msg: "build failed" });
  assert.equal(record?.["file"], "pod-added.ts");
  assert.match(String(record?.["reason"]), /default export/);
  assert.deepEqual(child.where({ msg: "ready" }), []);
});

test("start keeps asking a server that is unreachable, says so once, and ends on SIGTERM with exit code 0", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  await using child = new InformdProcess(["start", "--kubeconfig", "kubeconfig"], { cwd: folder.path });
  const { server } = await child.log({ msg: "API server unreachable" });
  assert.equal(server, "https://127.0.0.1:1");
  await child.log({ msg: "handler degraded", handler: "pod-added" });
  assert.equal(await child.stop(), 0);
  assert.equal(child.where({ msg: "API server unreachable" }).length, 1);
});

test("a second informd on one state directory is refused before it contacts a server, exit code 1", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  await using first = new InformdProcess(["start", "--kubeconfig", "kubeconfig"], { cwd: folder.path });
  await first.log({ msg: "starting" });
  const { code, stderr } = await informd(["start", "--kubeconfig", "kubeconfig"], folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot use state directory ".*\.informd": another informd holds it\./);
  assert.equal(await first.stop(), 0);
});

test("start whose log nobody reads any more stops in order, without a stack", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  await using child = new InformdProcess(["start", "--kubeconfig", "kubeconfig"], { cwd: folder.path });
  await child.log({ msg: "starting" });
  child.closeOutput();
  assert.equal(await child.exited, 0);
  assert.equal(child.stderr, "");
});

test("start ends on Ctrl-C without a stack", async () => {
  using folder = new TemporaryDirectory({
    kubeconfig: KUBECONFIG,
    "handlers/pod-added.ts": "export default () => {};",
  });
  const args = ["start", "--watch", "--kubeconfig", "kubeconfig"];
  await using child = new InformdProcess(args, { cwd: folder.path, detached: true });
  await child.log({ msg: "starting" });
  child.pressCtrlC();
  assert.deepEqual([await child.exited, child.stderr], [0, ""]);
});
