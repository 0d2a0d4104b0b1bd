import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { deployment } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";
import { type Posted, WebhookBehindProxy } from "../support/webhook-behind-proxy.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "examples", "signed-webhook");
const SECRET = "s3cret of the receiver";

function isSigned({ headers, body }: Posted): boolean {
  return headers["x-hub-signature-256"] === `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
}

onEachServer("signed-webhook", ({ open }) => {
  let cluster: TestCluster;

  before(async () => void (cluster = await open()));

  function start(namespace: string, env: Readonly<Record<string, string>>): InformdProcess {
    const args = ["start", "-n", namespace, "--kubeconfig", cluster.kubeconfigPath, "--handlers", EXAMPLE];
    return new InformdProcess(args, { cwd: cluster.folder, env: { ...process.env, ...env } });
  }

  test("tells each change of replicas to the webhook, signed, through the proxy and with the CA of the environment", async () => {
    await using webhook = await WebhookBehindProxy.open("hooks.example.com", [503, 429, 204]);
    const namespace = await cluster.createNamespace("signed-webhook");
    const web = deployment("web", { namespace });
    await cluster.apply(web);
    await using informd = start(namespace, { ...webhook.env, WEBHOOK_SECRET: SECRET });
    await informd.log({ msg: "ready" });
    await cluster.scale(web, 3);
    await informd.log({ msg: "told" });
    const [unavailable, busy, taken, ...more] = webhook.posted;
    assert.ok(unavailable && busy && taken);
    assert.deepEqual(more, []);
    assert.ok(webhook.posted.every(isSigned));
    const { id, ...told } = JSON.parse(taken.body) as Readonly<Record<string, unknown>>;
    assert.deepEqual(told, { namespace, name: "web", from: 1, to: 3 });
    assert.match(String(id), /\/updated$/);
    // What is sent again is the same, so that the receiver knows it.
    assert.deepEqual([unavailable.body, busy.body], [taken.body, taken.body]);
    assert.deepEqual(new Set(webhook.asked), new Set(["hooks.example.com:443"]));
    const failed = informd.where({ msg: "handler failed" }).map(({ reason }) => String(reason));
    assert.match(failed[0] ?? "", /it answered 503/);
    assert.match(failed[1] ?? "", /retry after 1s/);
    assert.equal(await informd.stop(), 0);
    assert.ok(!JSON.stringify(informd.lines).includes(SECRET));
  });

  test("gives up at once where there is no secret, and says where to set it", async () => {
    const namespace = await cluster.createNamespace("signed-webhook-open");
    const web = deployment("web", { namespace });
    await cluster.apply(web);
    await using informd = start(namespace, { WEBHOOK_SECRET: "" });
    await informd.log({ msg: "ready" });
    await cluster.scale(web, 3);
    const { reason, attempts } = await informd.log({ msg: "dead letter" });
    assert.equal(attempts, 1);
    assert.match(String(reason), /WEBHOOK_SECRET is not set\. Set it where informd runs\./);
  });
});
