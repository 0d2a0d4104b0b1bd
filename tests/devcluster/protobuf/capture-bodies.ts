/**
 * Writes kubectl-bodies.json: what kubectl sends as protobuf, and the JSON that it prints for the same command.
 * By hand, with KUBEBUILDER_ASSETS: `node tests/devcluster/protobuf/capture-bodies.ts`. A proxy before a real server records.
 */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { startKubeApiServer } from "../../support/kube-api-server.ts";
import { COMMANDS, WITHOUT_DRY_RUN } from "./kubectl-commands.ts";

const TARGET = join(import.meta.dirname, "kubectl-bodies.json");
const PROTOBUF = "application/vnd.kubernetes.protobuf";

const api = await startKubeApiServer();
const ca = readFileSync(api.caFile);
const bodies: Buffer[] = [];
const proxy = createServer((incoming, response) => void forward(incoming, response));
try {
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const server = `--server=http://127.0.0.1:${port}`;
  await api.apply(
    { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "builder", namespace: "default" } },
    pod("evicted"),
  );
  const captured = [];
  for (const command of COMMANDS) {
    const json: unknown = JSON.parse(await kubectl(["--dry-run=client", "-o", "json", ...command]));
    captured.push({ command: command.join(" "), body: await bodyOf([server, ...command]), json });
  }
  for (const { command, json } of WITHOUT_DRY_RUN)
    captured.push({ command: command.join(" "), body: await bodyOf([server, ...command]), json });
  writeFileSync(TARGET, `${JSON.stringify(captured, null, 1)}\n`);
} finally {
  proxy.close();
  proxy.closeAllConnections();
  await api.stop();
}

/** The last protobuf body that a command sends, in base64. */
async function bodyOf(command: readonly string[]): Promise<string> {
  bodies.length = 0;
  await kubectl(command).catch(() => "");
  const body = bodies.at(-1);
  if (body === undefined) throw new Error(`Cannot capture "${command.join(" ")}": it sends no protobuf`);
  return body.toString("base64");
}

async function forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  if (incoming.headers["content-type"] === PROTOBUF && body.length > 0) bodies.push(body);
  const headers = { ...incoming.headers, authorization: `Bearer ${api.token}` };
  request(new URL(incoming.url ?? "", api.url), { ca, method: incoming.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  }).end(body);
}

function kubectl(args: readonly string[]): Promise<string> {
  const program = join(process.env["KUBEBUILDER_ASSETS"] ?? "", "kubectl");
  const env = { HOME: api.folder, KUBECONFIG: api.kubeconfigPath };
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { env, timeout: 20_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}

function pod(name: string): object {
  const spec = { nodeName: "n1", containers: [{ name: "c", image: "i" }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default" }, spec };
}
