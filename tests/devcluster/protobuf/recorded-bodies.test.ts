import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { ApiProxy } from "../support/api-proxy.ts";
import { COMMANDS, WITHOUT_DRY_RUN } from "./kubectl-commands.ts";

const RECORDING = join(import.meta.dirname, "kubectl-bodies.json");
const PROTOBUF = "application/vnd.kubernetes.protobuf";
/** Set it to record anew, for example after a new release of kubectl. */
const RECORDS = process.env["RECORD_BODIES"] !== undefined;

describe("the recorded bodies", { skip: skipWithoutApiServer }, () => {
  const bodies: Buffer[] = [];
  let server: KubeApiServer;
  let proxy: ApiProxy;

  before(async () => {
    server = await startKubeApiServer();
    proxy = new ApiProxy(server, ({ headers, body }) => {
      if (headers["content-type"] === PROTOBUF && body.length > 0) bodies.push(body);
      return undefined;
    });
    await proxy.start();
    await server.apply(
      { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } },
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "builder", namespace: "default" } },
      podOn("n1"),
    );
  });
  after(async () => {
    proxy.stop();
    await server.stop();
  });

  test("are what kubectl sends, with the JSON that it prints", async () => {
    const captured = [];
    for (const command of COMMANDS) {
      const json: unknown = JSON.parse(await proxy.kubectl(["--dry-run=client", "-o", "json", ...command]));
      captured.push({ command: command.join(" "), body: await bodyOf(command), json });
    }
    for (const { command, json } of WITHOUT_DRY_RUN)
      captured.push({ command: command.join(" "), body: await bodyOf(command), json });
    if (RECORDS) writeFileSync(RECORDING, `${JSON.stringify(captured, null, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(RECORDING, "utf8")), captured);
  });

  /** The last protobuf body that a command sends, in base64. */
  async function bodyOf(command: readonly string[]): Promise<string> {
    bodies.length = 0;
    await proxy.kubectl(command).catch(() => "");
    const body = bodies.at(-1);
    assert.ok(body, `"${command.join(" ")}" sends no protobuf`);
    return body.toString("base64");
  }
});

function podOn(nodeName: string): object {
  const spec = { nodeName, containers: [{ name: "c", image: "i" }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "drained", namespace: "default" }, spec };
}
