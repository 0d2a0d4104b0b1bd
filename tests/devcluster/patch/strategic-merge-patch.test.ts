import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { ApiStatus } from "#devcluster/api-status.ts";
import { StatusError } from "#devcluster/api-status.ts";
import { strategicMergePatch } from "#devcluster/patch/strategic-merge-patch.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { askApiServer } from "../../support/ask-api-server.ts";
import { CapturedAnswers } from "../../support/captured-answers.ts";
import { type KubeApiServer, skipWithoutApiServer, startKubeApiServer } from "../../support/kube-api-server.ts";
import { STRATEGIC_MERGE_CASES } from "../captured/strategic-merge-cases.ts";
import { CURRENT } from "../captured/strategic-current.ts";
import { STRATEGIC_ORDER_CASES } from "../captured/strategic-order-cases.ts";

type Answer =
  /** What has changed of the metadata and of the pod's spec; `null` for what is gone. */
  { readonly changes: JsonRecord } | Pick<ApiStatus, "code" | "reason" | "message">;

const captured = new CapturedAnswers<Answer>(join(import.meta.dirname, "../captured/strategic-answers.json"));
const CASES = [...STRATEGIC_MERGE_CASES, ...STRATEGIC_ORDER_CASES];
const schema = builtInSchema("core.v1.PodTemplate");

suite("a strategic merge patch has the real server's result", () => {
  const answers = captured.read();

  for (const { title, patch } of CASES) {
    test(title, () => {
      const untouched = structuredClone({ CURRENT, patch });

      const answer = answerOf(() => strategicMergePatch(CURRENT, patch, schema));

      assert.deepEqual(answer, answers.get(title));
      assert.deepEqual({ CURRENT, patch }, untouched);
    });
  }
});

suite("a strategic merge patch on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("has the results that are expected here", async () => {
    const ask = askApiServer(server);
    const path = "/api/v1/namespaces/default/podtemplates";
    await ask({ method: "POST", path, body: CURRENT });
    const answers = new Map<string, Answer>();
    for (const { title, patch } of CASES) {
      const { code, body } = await ask({
        method: "PATCH",
        path: `${path}/current?dryRun=All`,
        contentType: "application/strategic-merge-patch+json",
        body: patch,
      });
      answers.set(title, code === 200 ? { changes: changesOf(body) } : failureOf(body as ApiStatus));
    }
    captured.assertCaptured(answers);
  });
});

function answerOf(patch: () => JsonRecord): Answer {
  try {
    return { changes: changesOf(storedForm(schema, patch())) };
  } catch (error) {
    if (error instanceof StatusError) return failureOf(error.status);
    throw error;
  }
}

function failureOf({ code, reason, message }: ApiStatus): Answer {
  return { code, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

function changesOf(object: unknown): JsonRecord {
  return {
    ...changedMembers("metadata", CURRENT.metadata, fieldOf(object, "metadata")),
    ...changedMembers("spec", CURRENT.template.spec, fieldOf(fieldOf(object, "template"), "spec")),
  };
}

const BY_THE_SERVER = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields"];

function changedMembers(name: string, before: JsonRecord, after: unknown): JsonRecord {
  const now = isRecord(after) ? after : {};
  const members = new Set([...Object.keys(before), ...Object.keys(now)]).difference(new Set(BY_THE_SERVER));
  const changed = [...members].filter(
    (member) => JSON.stringify(sorted(before[member])) !== JSON.stringify(sorted(now[member])),
  );
  return Object.fromEntries(changed.map((member) => [`${name}.${member}`, sorted(now[member] ?? null)]));
}

/** Go and this server write members in other orders. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
