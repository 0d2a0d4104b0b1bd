import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadAll } from "js-yaml";
import type { KubeObject } from "#authoring/manifests/kube-object.ts";
import { type Printed, run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

async function manifests(files: Readonly<Record<string, string>>, ...flags: readonly string[]): Promise<Printed> {
  using folder = new TemporaryDirectory(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [join("handlers", name), text])),
  );
  return await run(["manifests", ...flags], folder.path);
}

const PODS = { "pod-added.ts": "export default () => {};\n" };

test("manifests prints one YAML document for each object, in the order in which they can be applied", async () => {
  const { code, stdout, stderr } = await manifests(PODS, "--monitoring");
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const objects = loadAll(stdout).filter((one) => one !== null) as KubeObject[];
  assert.deepEqual(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? "-"} ${metadata.name}`),
    [
      "Namespace - informd",
      "ServiceAccount informd informd",
      "ClusterRole - informd:informd",
      "ClusterRoleBinding - informd:informd",
      "Role informd informd",
      "RoleBinding informd informd",
      "ConfigMap informd informd-handlers",
      "Service informd informd",
      "Deployment informd informd",
      "ServiceMonitor informd informd",
      "PrometheusRule informd informd",
    ],
  );
});

test("manifests says above them what they are, what made them and how to apply them", async () => {
  const files = { ...PODS, "call.ts": withOptions("{ namespaces: ['prod'], allow: { env: ['TOKEN'] } }", "services") };
  const { stdout } = await manifests(files, "-n", "ops", "--name", "watcher");
  assert.deepEqual(
    stdout.split("\n---\n")[0],
    [
      "# informd 0.1.0 with handlers call, pod-added",
      "# made by:  informd manifests --namespace ops --name watcher",
      "# apply:    kubectl apply --server-side -f FILE",
      '# makes:    namespace ops, labelled so that it takes "restricted" pods only (Pod Security); to delete FILE',
      "#           is to delete all that is in it. Where others use it, leave it out with --existing-namespace",
      "# needs:    namespace prod, which is not made here",
      '# variables of handlers come from Secret "watcher-env", read when the pod starts; without it they are not set:',
      "#           kubectl create secret generic watcher-env --namespace ops --from-literal=TOKEN=...",
    ].join("\n"),
  );
});

test("manifests refuses a handler that does not load, with its place, and prints nothing", async () => {
  const { code, stdout, stderr } = await manifests({
    ...PODS,
    "broken-added.ts": "export default () => {\n  const = 1;\n};",
  });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /broken-added\.ts:2:9/);
});

test("manifests refuses a kind that it does not know, and says how its scope is told", async () => {
  const files = { "certs.ts": withOptions("{}", "certificates.v1.cert-manager.io") };
  const { code, stdout, stderr } = await manifests(files);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.equal(
    stderr,
    'Cannot make the rights of handler "certs": "certificates.v1.cert-manager.io" is no kind of Kubernetes itself. ' +
      "Give its definition with --crds, say in which scope it is with --scope certificates.cert-manager.io=Namespaced (or =Cluster), " +
      "or name a cluster that has it with --kubeconfig or --context.\n",
  );
  const told = await manifests(files, "--scope", "certificates.cert-manager.io=Namespaced");
  assert.equal(told.code, 0);
  assert.match(told.stdout, /- cert-manager\.io\n    resources:\n      - certificates\n/);
});

const CRDS = join(import.meta.dirname, "..", "fixtures", "custom-types", "crds");

test("manifests find plural, group and scope of custom kinds in definitions", async () => {
  const files = {
    "pipelines.ts": withOptions("{ listers: ['cert'] }", "Pipeline.build.example.net"),
    "widgets.ts": withOptions("{ namespaces: ['prod'] }", "wd"),
  };
  const { code, stdout, stderr } = await manifests(files, "--crds", CRDS);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const roles = (loadAll(stdout) as KubeObject[]).filter((one) => one?.kind.endsWith("Role"));
  assert.deepEqual(
    roles.flatMap(({ kind, metadata, rules }) =>
      (rules as readonly Record<string, string[]>[]).map(({ apiGroups = [], resources = [] }) =>
        [kind, metadata.namespace ?? "-", ...resources, ...apiGroups].join(" "),
      ),
    ),
    [
      "ClusterRole - pipelines build.example.net",
      "ClusterRole - certificates pki.example.org",
      "Role informd events ",
      "Role prod widgets example.com",
    ],
  );
  assert.match(stdout, /^# made by: {2}informd manifests --crds .*\/crds$/m);
});

test("manifests find definitions on standard input", async () => {
  using folder = new TemporaryDirectory({ "handlers/widgets.ts": withOptions("{}", "widgets.example.com") });
  const input = readFileSync(join(CRDS, "widget.yaml"), "utf8");
  const { code, stdout } = await run(["manifests", "--crds", "-"], folder.path, { input });
  assert.equal(code, 0);
  assert.match(stdout, /^ {6}- widgets$/m);
});

test("manifests refuses a handler that names namespaces for a kind whose definition says that it is in none", async () => {
  const files = { "pipelines.ts": withOptions("{ namespaces: ['prod'] }", "pipelines.build.example.net") };
  const { code, stderr } = await manifests(files, "--crds", CRDS);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^pipelines\.ts:1:1 Cannot watch "pipelines\.build\.example\.net" in namespaces: it is cluster-scoped\./,
  );
});

test("manifests refuses a scope that a definition contradicts, and takes one that it confirms", async () => {
  const files = { "widgets.ts": withOptions("{}", "widgets.example.com") };
  const { code, stdout, stderr } = await manifests(files, "--crds", CRDS, "--scope", "widgets.example.com=Cluster");
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.equal(
    stderr.replace(CRDS, "crds"),
    'Cannot use --scope "widgets.example.com=Cluster": "crds/widget.yaml" defines it as Namespaced. Leave it out: --crds tells the scope.\n',
  );
  assert.equal((await manifests(files, "--crds", CRDS, "--scope", "widgets.example.com=Namespaced")).code, 0);
  const more = { ...files, "gears.ts": withOptions("{}", "gears.example.org") };
  const both = await manifests(more, "--crds", CRDS, "--scope", "gears.example.org=Cluster");
  assert.equal(both.code, 0, both.stderr);
});

test("manifests say what is wrong with definitions, exit code 1, and refuse them beside a cluster, exit code 2", async () => {
  const missing = await manifests(PODS, "--crds", "nowhere");
  assert.deepEqual([missing.code, missing.stdout], [1, ""]);
  assert.equal(
    missing.stderr,
    'Cannot read definitions "nowhere": no such file or folder. Name another file or folder with --crds.\n',
  );
  const none = await manifests(PODS, "--crds", "handlers");
  assert.deepEqual(
    [none.code, none.stderr],
    [1, "Cannot find definitions: there is no YAML and no JSON file. Name others with --crds.\n"],
  );
  assert.equal((await manifests(PODS, "--crds", "crds", "--context", "kind")).code, 2);
});

test("manifests refuses a handler that names namespaces for a cluster-scoped kind: it would never start", async () => {
  const files = { ...PODS, "nodes.ts": withOptions("{ namespaces: ['prod'] }", "nodes") };
  const { code, stdout, stderr } = await manifests(files);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.equal(
    stderr,
    'nodes.ts:1:1 Cannot watch "nodes" in namespaces: it is cluster-scoped. Remove the option "namespaces"\n',
  );
});

test("manifests refuses a flag's wrong value, exit code 2", async () => {
  const { code, stdout, stderr } = await manifests(PODS, "--load", "git");
  assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
  assert.equal(stderr, 'Cannot use --load "git": it takes mount, api or configmaps.\n');
});

test("manifests refuses a directory without a handler, exit code 1", async () => {
  const { code, stderr } = await manifests({ "_shared.ts": "" });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot make manifests of handlers of ".*\/handlers": there is no handler file in it\./);
});

function withOptions(options: string, resource = "pods"): string {
  return `import { on } from "informd";\nexport default on("${resource}", ${options}, () => {});\n`;
}

const ROOT = join(import.meta.dirname, "..", "..");

for (const [file, ...flags] of [["informd.yaml"], ["informd-monitoring.yaml", "--monitoring"]] as const) {
  test(`manifests/${file} is what the command prints for the default handlers`, async () => {
    const { stdout } = await run(["manifests", ...flags], ROOT);
    assert.equal(
      readFileSync(join(ROOT, "manifests", file), "utf8"),
      stdout,
      `informd manifests ${flags.join(" ")} > manifests/${file}`,
    );
  });
}

test("manifests keep a handler file as it is unless it imports something or lies in a folder", async () => {
  const { stdout } = await manifests({
    ...PODS,
    "team/pod-deleted.ts": "export default () => {};\n",
    "pod-updated.ts": 'import { age } from "./_age.ts";\nexport default () => void age;\n',
    "_age.ts": "export const age = 1;\n",
  });
  const map = (loadAll(stdout) as KubeObject[]).find((one) => one?.kind === "ConfigMap");
  const data = map?.["data"] as Readonly<Record<string, string>>;
  assert.deepEqual(Object.keys(data), ["pod-added.ts", "pod-updated.mjs", "team__pod-deleted.mjs"]);
  assert.equal(data["pod-added.ts"], PODS["pod-added.ts"]);
});

test("manifests refuse handlers that no ConfigMap can hold, and say which", async () => {
  const text = `export default () => ${JSON.stringify("x".repeat(2 ** 21))};\n`;
  const { code, stdout, stderr } = await manifests({ ...PODS, "pod-deleted.ts": text });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^Cannot bundle handlers of .*a ConfigMap holds 1 MiB[^]*pod-deleted\.ts/);
});

test("manifests of handlers with rights in the whole cluster say nothing of former ones, the others how to take them away", async () => {
  const files = { "call.ts": withOptions("{ namespaces: ['prod'] }") };
  const { stdout } = await manifests(files, "-n", "ops", "--name", "watcher");
  const command = "#           kubectl delete clusterrole,clusterrolebinding --ignore-not-found ops:watcher\n";
  assert.ok(stdout.includes(command), stdout);
  assert.doesNotMatch((await manifests(PODS)).stdout, /kubectl delete/);
});

test("manifests say above them which handler asks for a right that gives more than it names", async () => {
  const kube = "{ namespaces: ['prod'], allow: { kube: ['create po/exec', 'get pods', 'list secrets in ops'] } }";
  const { stdout } = await manifests({ ...PODS, "fixer.ts": withOptions(kube) });
  assert.deepEqual(stdout.match(/^# careful: .*$/gm), [
    '# careful:  handler fixer asks for "create po/exec": whoever has this right runs commands in any pod, with that pod\'s rights (in prod)',
    '# careful:  handler fixer asks for "list secrets in ops": whoever has this right reads every Secret, with the tokens and passwords in it (in ops)',
  ]);
});

test("manifests name handlers as the runtime will: by their ConfigMap, if there is more than one", async () => {
  const { stdout } = await manifests(PODS, "--name", "watcher", "--load", "configmaps");
  assert.match(stdout, /^# informd \S+ with handler watcher-handlers\/pod-added$/m);
});

test("manifests say above them which variables no handler sets, as they steer the runtime", async () => {
  const { stdout } = await manifests({
    ...PODS,
    "call.ts": withOptions("{ allow: { env: ['TOKEN', 'HTTPS_PROXY'] } }"),
  });
  assert.match(stdout, /^# {11}kubectl create secret .* --from-literal=TOKEN=\.\.\.$/m);
  assert.match(
    stdout,
    /^# left out: HTTPS_PROXY: in allow\.env of a handler, but it would change what informd itself does\.$/m,
  );
  assert.doesNotMatch(stdout, /^ *- name: HTTPS_PROXY$/m);
});

test("manifests with --existing-namespace leave the namespace out, and say that it is needed", async () => {
  const { stdout } = await manifests(PODS, "-n", "shared", "--existing-namespace");
  assert.doesNotMatch(stdout, /^kind: Namespace$/m);
  assert.match(stdout, /^# made by: {2}informd manifests --namespace shared --existing-namespace$/m);
  assert.match(stdout, /^# needs: {4}namespace shared, which is not made here$/m);
});

test("manifests leave the policy of a namespace alone that every cluster has", async () => {
  const { stdout } = await manifests(PODS, "-n", "default");
  assert.doesNotMatch(stdout, /^kind: Namespace$/m);
  assert.match(stdout, /^# needs: {4}namespace default, which is not made here$/m);
});
