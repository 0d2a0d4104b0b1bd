import { setTimeout as delay } from "node:timers/promises";
import type { ApiStatus } from "#devcluster/api-status.ts";
import { isRecord } from "#kernel/json-value.ts";
import { type Answer, askApiServer } from "../../../support/ask-api-server.ts";
import type { KubeApiServer } from "../../../support/kube-api-server.ts";
import { WIDGETS } from "../../captured/widgets.ts";
import type { WriteCase, WriteStep } from "../../captured/write-case.ts";
import { wholeBody } from "./replayed-writes.ts";
import { type WriteAnswer, WriteAnswers } from "./write-answer.ts";

const PATCH_TYPES = {
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
};

/** The server tells times in seconds. */
const BETWEEN_WRITES_MS = 1100;

/** The answers of a real server, by the cases' titles. All cases are written at once, each into its own namespace. */
export async function realWrites(
  server: KubeApiServer,
  cases: readonly WriteCase[],
): Promise<ReadonlyMap<string, readonly WriteAnswer[]>> {
  const ask = askApiServer(server);
  await ask({ method: "POST", path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body: WIDGETS });
  const runs = cases.map((one, index) => ({ ...one, namespace: `case-${index}`, told: new WriteAnswers() }));
  for (const { namespace } of runs) {
    await ask({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: namespace } } });
  }
  const answers = new Map<string, WriteAnswer[]>();
  for (let index = 0; runs.some(({ steps }) => index < steps.length); index++) {
    await delay(BETWEEN_WRITES_MS);
    for (const { title, resource, namespace, steps, told } of runs) {
      const step = steps[index];
      if (!step) continue;
      const { code, body } = await write(ask, collectionOf(resource, namespace), resource, step);
      const answer = code < 300 && isRecord(body) ? told.succeeded(body) : told.failed(body as ApiStatus);
      answers.set(title, [...(answers.get(title) ?? []), answer]);
    }
  }
  return answers;
}

function collectionOf(resource: WriteCase["resource"], namespace: string): string {
  return resource === "widgets"
    ? `/apis/example.com/v1/namespaces/${namespace}/widgets`
    : `/api/v1/namespaces/${namespace}/${resource}`;
}

function write(
  ask: ReturnType<typeof askApiServer>,
  collection: string,
  resource: WriteCase["resource"],
  step: WriteStep,
): Promise<Answer> {
  const { type, manager, force, subresource } = step;
  const body = wholeBody(resource, step);
  const query = `?fieldManager=${manager}`;
  if (type === "create") return ask({ method: "POST", path: `${collection}${query}`, body });
  const path = `${collection}/it${subresource === "" ? "" : `/${subresource}`}${query}`;
  return ask({
    method: "PATCH",
    path: type === "apply" ? `${path}&force=${force}` : path,
    contentType: PATCH_TYPES[type],
    body,
  });
}
