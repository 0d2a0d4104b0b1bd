import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { KubeConfig } from "@kubernetes/client-node";
import { inClusterConfig } from "#kubernetes/config/in-cluster-config.ts";
import { clusterConfigFromText, loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder;

function kubeconfig(name: string, rest = ""): string {
  return `
apiVersion: v1
kind: Config
clusters: [{ name: ${name}, cluster: { server: "https://${name}.test/" } }]
users: [{ name: ${name}, user: { token: ${name}-token } }]
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name}, namespace: ${name}-space } }]
${rest}`;
}

function file(content: string, name = "config", inFolder = folder()): string {
  const path = join(inFolder, name);
  writeFileSync(path, content);
  return path;
}

test("the kubeconfig's current context names the cluster, the user and the namespace", () => {
  const { cluster, user, namespace } = loadClusterConfig({
    kubeconfig: file(kubeconfig("a", "current-context: a")),
    environment: {},
  });
  assert.equal(cluster.server, "https://a.test");
  assert.equal(user.token, "a-token");
  assert.equal(namespace, "a-space");
});

test("--context chooses another context", () => {
  const environment = {
    KUBECONFIG: [file(kubeconfig("a", "current-context: a")), file(kubeconfig("b"))].join(delimiter),
  };
  assert.equal(loadClusterConfig({ context: "b", environment }).cluster.server, "https://b.test");
});

test("of the files of KUBECONFIG the first to name a thing decides, and missing ones do not count", () => {
  const second = kubeconfig("b", "current-context: b").replaceAll("name: b,", "name: a,");
  const files = ["/no/such/file", file(kubeconfig("a")), file(second), file(kubeconfig("c", "current-context: c"))];
  const { cluster } = loadClusterConfig({ context: "a", environment: { KUBECONFIG: files.join(delimiter) } });
  assert.equal(cluster.server, "https://a.test");
});

test("the first current-context of KUBECONFIG's files decides", () => {
  const files = [
    file(kubeconfig("a")),
    file(kubeconfig("b", "current-context: b")),
    file(kubeconfig("c", "current-context: c")),
  ];
  assert.equal(loadClusterConfig({ environment: { KUBECONFIG: files.join(delimiter) } }).cluster.name, "b");
});

test("without KUBECONFIG the file in the home folder is read", () => {
  const home = folder();
  mkdirSync(join(home, ".kube"));
  file(kubeconfig("a", "current-context: a"), "config", join(home, ".kube"));
  assert.equal(loadClusterConfig({ environment: { HOME: home } }).cluster.name, "a");
});

test("relative paths start at the folder of their kubeconfig", () => {
  const text = `
clusters: [{ name: a, cluster: { server: "https://a.test", certificate-authority: ca.crt } }]
users: [{ name: a, user: { tokenFile: secrets/token, client-certificate: tls.crt, client-key: /abs/tls.key } }]
contexts: [{ name: a, context: { cluster: a, user: a } }]
current-context: a`;
  const path = file(text);
  const { cluster, user, namespace } = loadClusterConfig({ kubeconfig: path, environment: {} });
  const at = (name: string): string => join(path, "..", name);
  assert.deepEqual(cluster.ca, { type: "file", path: at("ca.crt") });
  assert.equal(user.tokenFile, at("secrets/token"));
  assert.deepEqual(user.certificate, {
    cert: { type: "file", path: at("tls.crt") },
    key: { type: "file", path: "/abs/tls.key" },
  });
  assert.equal(namespace, "default");
});

test("everything that a kubeconfig says about cluster and user is read", () => {
  const text = `
clusters:
- name: a
  cluster:
    server: https://a.test
    certificate-authority-data: ${btoa("CA")}
    tls-server-name: name.test
    insecure-skip-tls-verify: true
    proxy-url: http://proxy.test:3128
    extensions: [{ name: client.authentication.k8s.io/exec, extension: { audience: x } }]
users:
- name: a
  user:
    username: me
    password: pw
    as: jane
    as-uid: "7"
    as-groups: [dev, ops]
    as-user-extra: { scopes: [a, b] }
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./plugin
      args: [get]
      env: [{ name: A, value: b }]
      installHint: hint
      interactiveMode: Never
      provideClusterInfo: true
contexts: [{ name: a, context: { cluster: a, user: a } }]
current-context: a`;
  const { cluster, user } = clusterConfigFromText(text, "/etc/kube");
  assert.deepEqual(cluster, {
    name: "a",
    server: "https://a.test",
    ca: { type: "data", pem: "CA" },
    insecureSkipTlsVerify: true,
    tlsServerName: "name.test",
    proxyUrl: "http://proxy.test:3128",
    execConfig: { audience: "x" },
  });
  assert.deepEqual(user.basic, { username: "me", password: "pw" });
  assert.deepEqual(user.impersonate, { user: "jane", uid: "7", groups: ["dev", "ops"], extra: { scopes: ["a", "b"] } });
  assert.deepEqual(user.exec, {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "/etc/kube/plugin",
    args: ["get"],
    env: { A: "b" },
    installHint: "hint",
    interactiveMode: "Never",
    provideClusterInfo: true,
  });
});

test("client-node's KubeConfig can be passed on as what it exports", () => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubeconfig("a", "current-context: a"));
  const { cluster, user, namespace } = clusterConfigFromText(kubeConfig.exportConfig(), "/");
  assert.deepEqual([cluster.server, user.token, namespace], ["https://a.test", "a-token", "a-space"]);
});

test("in a pod the service account is the user", () => {
  const serviceAccount = folder();
  file("team-a\n", "namespace", serviceAccount);
  const environment = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };
  const config = inClusterConfig(environment, serviceAccount);
  assert.equal(config?.cluster.server, "https://[fd00::1]:443");
  assert.deepEqual(config.cluster.ca, { type: "file", path: join(serviceAccount, "ca.crt") });
  assert.equal(config.user.tokenFile, join(serviceAccount, "token"));
  assert.equal(config.namespace, "team-a");
  assert.equal(config.inPod, true);
});

test("outside of a pod there is no cluster of one's own", () => {
  assert.equal(inClusterConfig({}), undefined);
});

const broken = file("a: [");
const noServer = file("clusters: [{ name: a, cluster: {} }]");
for (const [what, source, message] of [
  [
    "no kubeconfig at all",
    { environment: { HOME: "/no/home" } },
    /^Cannot find a cluster: there is no "\/no\/home\/.kube\/config", and this is no pod/,
  ],
  [
    "a kubeconfig that is not there",
    { kubeconfig: "/no/file", environment: {} },
    /^Cannot read kubeconfig "\/no\/file": no such file\. Name another one with --kubeconfig\.$/,
  ],
  ["a kubeconfig that is no YAML", { kubeconfig: broken, environment: {} }, /^Cannot read kubeconfig ".*": /],
  [
    "a context that is not there",
    { kubeconfig: file(kubeconfig("a")), context: "z", environment: {} },
    /^Cannot use context "z": it is not in ".*"\. Its contexts: a\.$/,
  ],
  [
    "no current context",
    { kubeconfig: file(kubeconfig("a")), environment: {} },
    /^Cannot choose a context: ".*" has no current-context/,
  ],
  [
    "a context whose cluster is missing",
    { kubeconfig: file(kubeconfig("a").replace("cluster: a", "cluster: z")), context: "a", environment: {} },
    /cluster "z" is not in/,
  ],
  [
    "a context whose user is missing",
    { kubeconfig: file(kubeconfig("a").replace("user: a", "user: z")), context: "a", environment: {} },
    /user "z" is not in/,
  ],
  [
    "a cluster without a server",
    { kubeconfig: noServer, environment: {} },
    /^Cannot use cluster "a" of ".*": it has no server\.$/,
  ],
  [
    "a server's URL with a password, which records would show",
    { kubeconfig: file(kubeconfig("a").replace("https://", "https://admin:hunter2@")), environment: {}, context: "a" },
    /^(?!.*hunter2)Cannot use cluster "a" of ".*": its server has a user or a password in it\. Write them as/,
  ],
] as const) {
  test(`${what} is an error that says what to correct`, () => {
    assert.throws(() => loadClusterConfig(source), { code: "BAD_CLUSTER_CONFIG", message });
  });
}
