/**
 * Writes kubectl-bodies.json: what kubectl sends as protobuf, and the JSON that it prints for the same command.
 * By hand, with KUBEBUILDER_ASSETS: `node tests/devcluster/protobuf/capture-bodies.ts`. A proxy before a real server records.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startKubeApiServer } from "../../support/kube-api-server.ts";
import { ApiProxy } from "../support/api-proxy.ts";
import { COMMANDS, WITHOUT_DRY_RUN } from "./kubectl-commands.ts";

const TARGET = join(import.meta.dirname, "kubectl-bodies.json");
const PROTOBUF = "application/vnd.kubernetes.protobuf";

const server = await startKubeApiServer();
const bodies: Buffer[] = [];
const proxy = new ApiProxy(server, ({ headers, body }) => {
  if (headers["content-type"] === PROTOBUF && body.length > 0) bodies.push(body);
  return undefined;
});
try {
  await proxy.start();
  await server.apply(
    { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "builder", namespace: "default" } },
    pod("drained"),
  );
  const captured = [];
  for (const command of COMMANDS) {
    const json: unknown = JSON.parse(await proxy.kubectl(["--dry-run=client", "-o", "json", ...command]));
    captured.push({ command: command.join(" "), body: await bodyOf(command), json });
  }
  for (const { command, json } of WITHOUT_DRY_RUN)
    captured.push({ command: command.join(" "), body: await bodyOf(command), json });
  writeFileSync(TARGET, `${JSON.stringify(captured, null, 1)}\n`);
} finally {
  proxy.stop();
  await server.stop();
}

/** The last protobuf body that a command sends, in base64. */
async function bodyOf(command: readonly string[]): Promise<string> {
  bodies.length = 0;
  await proxy.kubectl(command).catch(() => "");
  const body = bodies.at(-1);
  if (body === undefined) throw new Error(`Cannot capture "${command.join(" ")}": it sends no protobuf`);
  return body.toString("base64");
}

function pod(name: string): object {
  const spec = { nodeName: "n1", containers: [{ name: "c", image: "i" }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default" }, spec };
}
