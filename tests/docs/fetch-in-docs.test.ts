import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { createBundler } from "#loader/build/bundler.ts";
import { codeBlocks, fileOf } from "../support/code-blocks.ts";
import { FetchRig } from "../support/fetch-rig.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { pool, serveProgram } from "../support/sandbox-rig.ts";
import { WebServer } from "../support/web-server.ts";

const FILE = "replicas-told.ts";
const SLACK = "https://hooks.slack.com";

function deployment(replicas: number): Buffer {
  return Buffer.from(JSON.stringify({ metadata: { namespace: "prod", name: "web" }, spec: { replicas } }));
}

test("the handler of docs/capabilities.md that fetches tells the webhook, and throws what is no success", async (t) => {
  const told: unknown[] = [];
  let status = 200;
  await using server = await WebServer.open(async (request, response) => {
    told.push([request.method, request.url, request.headers["content-type"], JSON.parse(await text(request))]);
    response.writeHead(status).end();
  });
  const standIn = `http://slack.example:${server.port}`;
  const names = { "slack.example": [["127.0.0.1"]] };
  await using rig = new FetchRig({ allow: [standIn], names, classOf: () => "public" });
  const call = async (_method: string, [request]: readonly unknown[]): Promise<string> => {
    const { url, ...init } = request as { readonly url: string };
    return JSON.stringify(await rig.fetch(url.replace(SLACK, standIn), init));
  };

  const block = codeBlocks("ts").find((block) => fileOf(block) === `handlers/${FILE}`);
  const { root } = handlersFolder(t, { [FILE]: block?.text ?? "" });
  const built = (await createBundler({ root, ...CHECKOUT_PATHS })([FILE])).get(FILE);
  assert.ok(built?.type === "built");
  const program = { ...built.bundle, file: FILE };
  const { sandbox } = await serveProgram(await pool(t), program, { call, env: { SLACK_PATH: "T0/B0/x" } });
  const event = {
    header: { id: "1", type: "updated", cause: "live", attempt: 1 },
    key: { id: "1", namespace: "prod", name: "web" },
    object: deployment(3),
    old: deployment(2),
  };

  assert.equal((await sandbox.run(event, 10_000)).type, "returned");
  const message = { text: "prod/web: 2 replicas, now 3" };
  assert.deepEqual(told, [["POST", "/services/T0/B0/x", "application/json", message]]);
  status = 503;
  const end = await sandbox.run(event, 10_000);
  assert.equal(end.type === "threw" && end.error.message, "Slack answered 503");
});
