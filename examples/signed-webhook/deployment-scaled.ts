// Tells a webhook that a Deployment was scaled, and signs what it sends. `fetch` reaches the hosts of `allow.fetch`, and the secret comes
// from the environment of informd by `allow.env`. The event's id is the same at each attempt, so that the receiver can drop a repeat.
// Put the host of your webhook into both places, and its secret into WEBHOOK_SECRET.
// npx informd dev --handlers examples/signed-webhook
import { on, PermanentError, RetryAfter } from "informd";
import { signatureOf } from "./_signature.ts";

const WEBHOOK = "https://hooks.example.com/replicas";

export default on(
  "deployments.apps",
  {
    events: ["updated"],
    changed: ["spec.replicas"],
    allow: { fetch: ["hooks.example.com"], env: ["WEBHOOK_SECRET"] },
    timeout: "10s",
  },
  async ({ id, object, old }, { fetch, env, log, metrics }) => {
    const secret = env["WEBHOOK_SECRET"];
    if (!secret) throw new PermanentError("Cannot sign: WEBHOOK_SECRET is not set. Set it where informd runs.");
    const { name, namespace } = object.metadata;
    const body = JSON.stringify({ id, namespace, name, from: old.spec?.replicas, to: object.spec?.replicas });
    const headers = { "content-type": "application/json", "x-hub-signature-256": await signatureOf(body, secret) };
    const { ok, status, headers: answered } = await fetch(WEBHOOK, { method: "POST", headers, body });
    metrics.counter("webhook_posts_total", 1, { status: String(status) });
    const seconds = Number(answered.get("retry-after")) || 30;
    if (status === 429) throw new RetryAfter(`${seconds}s`);
    if (!ok) throw new Error(`Cannot tell the webhook: it answered ${status}`);
    log.info("told", { name, status });
  },
);
