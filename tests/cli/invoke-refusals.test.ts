import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, invoke, POD } from "../support/invocations.ts";
import { run } from "../support/run-informd.ts";

test("an object that cannot be used is refused with what it lacks, exit code 1", async () => {
  using folder = folderWith("export default () => {};");
  const refusal = async (object: string): Promise<string> => {
    const { code, stdout, stderr } = await invoke(folder, ["pod-added", "--object", "-"], object);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    return stderr;
  };
  assert.equal(
    await refusal("kind: Pod"),
    'Cannot use the object of "standard input": it has no apiVersion. Add one such as "v1".\n',
  );
  assert.match(await refusal("apiVersion: v1"), /it has no kind\./);
  assert.match(await refusal("{ apiVersion: v1, kind: Pod }"), /it has no metadata\.name\./);
  assert.match(await refusal(`${POD}---${POD}`), /it holds 2 objects\. Give one\./);
  assert.match(await refusal("a: [b"), /it is neither YAML nor JSON: /);
  assert.match(await refusal("{ apiVersion: v1, kind: PodList, items: [] }"), /it is a list \(PodList\)\./);
  assert.match(
    await refusal("{ apiVersion: v1, kind: Node, metadata: { name: a } }"),
    /Cannot invoke "pod-added": it listens to pods, and the object is a Node of v1\. Give one of its kind\.$/m,
  );
});

test("a handler, a file or an event that is not there is refused, exit code 1", async () => {
  using folder = folderWith("export default () => {};", {
    "handlers/two.ts":
      'import { on } from "informd"; export default [on("pods", () => {}), on("pods", { name: "b" }, () => {})];',
  });
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await invoke(folder, args);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    return stderr;
  };
  assert.match(
    await refusal("pod-aded", "--object", "pod.yaml"),
    /there is no such handler in ".*"\. Did you mean "pod-added"\?/,
  );
  assert.match(await refusal("pod-added", "--object", "none.yaml"), /^Cannot read object "none\.yaml": no such file\./);
  assert.match(
    await refusal("pod-added", "--object", "handlers"),
    /^Cannot read object "handlers": it is a directory\./,
  );
  assert.match(
    await refusal("pod-added", "--object", "pod.yaml", "--event", "deleted"),
    /^Cannot invoke "pod-added": it does not listen to "deleted"\. It takes added\.\n$/,
  );
  assert.match(await refusal("two", "--object", "pod.yaml"), /its file has "two#0", "two#b"\. Name one of them\./);
  assert.equal((await invoke(folder, ["two#b", "--object", "pod.yaml"])).code, 0);
  assert.match(await refusal("pod-added", "--kubeconfig", "none"), /^Cannot read kubeconfig ".*none": no such file/);
});

test("without a cluster and without an object invoke says that one of them does", async () => {
  using folder = folderWith("export default () => {};");
  const env = { PATH: process.env["PATH"], HOME: folder.path };
  const { code, stderr } = await run(["invoke", "pod-added"], folder.path, { env });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot find a cluster: .*\. Without a cluster, give the object with --object FILE\.\n$/);
});

test("files for the caches that cannot be used are refused with what they lack, exit code 1", async () => {
  using folder = folderWith("export default () => {};", {
    "bad.yaml": "{ apiVersion: v1, kind: Node, metadata: { name: a } }\n---\nkind: Node",
    "other.yaml": "{ apiVersion: v1, kind: Pod, metadata: { name: web-1 } }",
    "handlers/typo.ts": 'import { on } from "informd"; export default on("pods", { listers: ["podz"] }, () => {});',
  });
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await invoke(folder, args);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    return stderr;
  };
  assert.equal(
    await refusal("pod-added", "--cache", "none"),
    'Cannot read objects "none": no such file or folder. Name another file or folder with --cache.\n',
  );
  assert.equal(
    await refusal("pod-added", "--cache", "bad.yaml"),
    'Cannot use object 2 of "bad.yaml": it has no apiVersion. Add one such as "v1".\n',
  );
  assert.equal(
    await refusal("pod-added", "--cache", "handlers"),
    "Cannot fill the caches: there is no YAML and no JSON file. Name others with --cache.\n",
  );
  assert.match(
    await refusal("pod-added", "--cache", "pod.yaml", "other.yaml"),
    /^Cannot fill the caches: "pod\.yaml" and "other\.yaml" hold Pod "default\/web-1" in two states\./,
  );
  assert.equal(
    await refusal("pod-added", "--cache", "/dev/null"),
    'Cannot invoke "pod-added": what --cache names has no pods that it matches. Give one with --object FILE.\n',
  );
  assert.equal(
    await refusal("typo", "--object", "pod.yaml", "--cache", "pod.yaml"),
    'Cannot invoke "typo": there is no kind "podz". Nearest: "pods".\n',
  );
});

test("--cache beside a cluster, with --live, and beside another reader of standard input, is wrong usage, exit code 2", async () => {
  using folder = folderWith("export default () => {};");
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await invoke(folder, ["pod-added", "--cache", ...args]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  const both = ": caches hold what files say or what the cluster has. Leave one of them out.\n";
  assert.equal(await refusal("pod.yaml", "--context", "c"), `Cannot use --cache with --context${both}`);
  assert.equal(await refusal("pod.yaml", "--kubeconfig", "k"), `Cannot use --cache with --kubeconfig${both}`);
  assert.equal(
    await refusal("pod.yaml", "--live"),
    "Cannot use --live with --cache: there is no cluster. Leave one of them out.\n",
  );
  assert.equal(
    await refusal("-", "--object", "-"),
    'Cannot read standard input 2 times: "-" is given that often. Name files for all but one.\n',
  );
});

test("an event that does not exist, and --live without a cluster, are wrong usage, exit code 2", async () => {
  using folder = folderWith("export default () => {};");
  assert.equal((await invoke(folder, ["pod-added", "--object", "pod.yaml", "--event", "created"])).code, 2);
  const live = await invoke(folder, ["pod-added", "--object", "pod.yaml", "--live"]);
  assert.equal(live.code, 2);
  assert.match(live.stderr, /^Cannot use --live with --object alone: there is no cluster\./);
});
