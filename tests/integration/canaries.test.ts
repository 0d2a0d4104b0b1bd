import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, before, beforeEach, suite, test } from "node:test";
import { DevProcess } from "../support/dev-process.ts";
import { ScriptedServer } from "../support/scripted-server.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const PASSWORD = "canary-of-the-secret-5up3r";
const GRANTED = "canary-of-a-granted-variable";
const OTHER = "canary-of-another-variable";
const ENVIRONMENT = { SLACK_PATH: GRANTED, DATABASE_URL: OTHER };

const SECRET = { apiVersion: "v1", kind: "Secret", metadata: { name: "login" }, type: "Opaque" };

/** On the Secret, with everything that a handler can have. */
function onSecrets(body: string, options = ""): string {
  return `import { on } from "informd";
export default on("secrets", {
  namespaces: ["default"], names: ["login"], listers: ["configmaps"], ${options}
  allow: { kube: ["patch secrets", "create configmaps"], env: ["SLACK_PATH"] },
  retry: { attempts: 2, backoff: "10ms" },
}, async (event, { kube, env, lister, log }) => {
  const held = [Buffer.from(event.object.data.password, "base64").toString(), env.SLACK_PATH, lister.list({})];
  ${body}
});`;
}

const TO_LOGIN = `"secrets", { name: "login" }`;

const HANDLERS = {
  "throws.ts": onSecrets(`throw new Error("no");`),
  "hangs.ts": onSecrets(`for (;;) held.length;`, `timeout: "200ms",`),
  "asks.ts": onSecrets(`await kube.patch("pods", { name: "a" }, { metadata: { labels: { held: held[0] } } });`),
  "writes.ts": onSecrets(`await kube.create({ apiVersion: "v1", kind: "ConfigMap",
    metadata: { name: "copy", namespace: "default" }, data: { held: held[0], granted: env.SLACK_PATH } });`),
  "mistypes.ts": onSecrets(`await kube.patch(${TO_LOGIN}, { data: { password: { of: held[0] } } });`),
  "miscodes.ts": onSecrets(`await kube.patch(${TO_LOGIN}, { data: { password: held[0] + "!" } });`),
  "alters.ts": onSecrets(`await kube.patch(${TO_LOGIN}, { type: "Other", stringData: { password: held[0] } });`),
  "breaks.ts": `${onSecrets("")}\nimport {`,
} as const;

/** The handlers whose run is the last thing that is waited for. */
const FAILING = ["throws", "hangs", "asks", "writes", "mistypes", "miscodes", "alters"];

onEachServer("Secrets, tokens and variables", ({ open }) => {
  let cluster: TestCluster;
  let folder: TemporaryDirectory;
  let informd: DevProcess;

  before(async () => {
    cluster = await open();
    const password = Buffer.from(PASSWORD).toString("base64");
    await cluster.create({ ...SECRET, data: { password } });
    await cluster.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "copy" } });
  });

  beforeEach(() => {
    folder = new TemporaryDirectory();
  });

  afterEach(async () => {
    await informd[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const start = (handlers: Readonly<Record<string, string>>, command: string, ...flags: readonly string[]): void => {
    for (const [name, code] of Object.entries(handlers)) folder.write(`handlers/${name}`, code);
    const args = ["--kubeconfig", cluster.kubeconfigPath, "--handlers", join(folder.path, "handlers"), ...flags];
    informd = new DevProcess(args, folder.path, { command, env: ENVIRONMENT });
  };

  /** Everything that somebody can see of the runtime. */
  const seen = async (): Promise<string> => {
    const endpoints = await Promise.all(endpointsOf(informd.text).map(async (url) => (await fetch(url)).text()));
    informd.stop();
    await informd.exited;
    const events = JSON.stringify(await cluster.read("/api/v1/events"));
    return [informd.text, ...endpoints, events, ...filesOf(join(folder.path, ".informd"))].join("\n");
  };

  const canaries = (): readonly string[] => [
    PASSWORD,
    Buffer.from(PASSWORD).toString("base64"),
    GRANTED,
    OTHER,
    cluster.token,
  ];

  for (const [command, format, ...flags] of [
    ["start", "json", "--listen", "127.0.0.1:0"],
    ["start", "pretty", "--listen", "127.0.0.1:0"],
    ["dev", "pretty", "--live"],
    ["dev", "json"],
  ] as const) {
    test(`are in nothing that ${command} --log ${format} shows, writes down or serves`, async () => {
      start(HANDLERS, command, "--log", format, ...flags);
      await informd.until(format === "json" ? /"msg":"ready"/ : /\bready\b/);
      await cluster.label(SECRET, { touched: `by-${command}-${format}` });
      for (const handler of FAILING) {
        await informd.until(new RegExp(`${handler}[^\\n]*(failed|timed out)|(failed|timed out)"[^\\n]*"${handler}"`));
      }
      const text = await seen();
      for (const canary of canaries()) assert.ok(!text.includes(canary), around(text, canary));
    });
  }

  test("are seen where a handler itself logs or throws them: its words are its own", async () => {
    start({ "tells.ts": onSecrets(`log.info("held", { held }); throw new Error(held[1]);`) }, "start");
    await informd.until(/"msg":"dead letter"/);
    const text = await seen();
    assert.ok(text.includes(PASSWORD));
    assert.ok(text.includes(GRANTED));
  });
});

suite("a server that sends back what it gets", () => {
  for (const format of ["json", "pretty"]) {
    test(`does not bring the token into the log, as ${format}`, async () => {
      await using server = await ScriptedServer.start([
        (response, { headers, body }) => response.writeHead(500).end(`${JSON.stringify(headers)} ${body}`),
      ]);
      using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "export default () => {};" });
      folder.write("kubeconfig", kubeconfigOf(`http://127.0.0.1:${server.port}`, "canary-of-the-token"));
      await using informd = new DevProcess(["--kubeconfig", "kubeconfig", "--log", format], folder.path, {
        command: "start",
      });
      await informd.until(/handler degraded.*answered 500/);
      informd.stop();
      await informd.exited;
      assert.ok(server.requests.some(({ headers }) => headers.authorization === "Bearer canary-of-the-token"));
      assert.ok(!informd.text.includes("canary-of-the-token"), informd.text);
    });
  }
});

function kubeconfigOf(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "a", cluster: { server } }],
    users: [{ name: "a", user: { token } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    "current-context": "a",
  });
}

function endpointsOf(log: string): readonly string[] {
  const [, address] = /listening"?,?.*?address[="]+:?"?(127\.0\.0\.1:\d+)/.exec(log) ?? [];
  return address === undefined ? [] : ["/metrics", "/readyz", "/healthz"].map((path) => `http://${address}${path}`);
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
}

function around(text: string, canary: string): string {
  const at = text.indexOf(canary);
  return text.slice(Math.max(0, at - 500), at + 200);
}
