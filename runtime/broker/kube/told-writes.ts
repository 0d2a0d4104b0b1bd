import { textOf, fieldOf } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";
import { failureCode } from "../errors.ts";
import { describeAction } from "./kube-target.ts";
import type { KubeWrite } from "../ports.ts";

type SentWrite = Omit<KubeWrite, "action" | "result">;

/** The same client, which tells each write and what the API server made of it. */
export function toldWrites(objects: ObjectClient, tell: (write: KubeWrite) => void): ObjectClient {
  const send = async (write: SentWrite, answer: Promise<ObjectAnswer>): Promise<ObjectAnswer> => {
    try {
      const answered = await answer;
      tell({ action: actionOf(write), ...named(write, answered), result: resultOf(answered) });
      return answered;
    } catch (error) {
      tell({ action: actionOf(write), ...write, result: UNANSWERED });
      throw error;
    }
  };
  return {
    isDryRun: objects.isDryRun,
    withFieldManager: (name) => toldWrites(objects.withFieldManager(name), tell),
    get: (target, signal) => objects.get(target, signal),
    list: (scope, signal) => objects.list(scope, signal),
    create(target, object, signal) {
      const name = nameOf(object);
      return send(
        { verb: "create", target: { ...target, name }, body: object },
        objects.create(target, object, signal),
      );
    },
    patch: (target, patch, type, signal) =>
      send({ verb: "patch", target, body: patch }, objects.patch(target, patch, type, signal)),
    delete: (target, signal) => send({ verb: "delete", target, body: undefined }, objects.delete(target, signal)),
    evict(target, signal) {
      const write = { verb: "create", target: { ...target, subresource: "eviction" }, body: undefined } as const;
      return send(write, objects.evict(target, signal));
    },
  };
}

/** Nobody waited for the answer any more: the API server may have done it. */
const UNANSWERED = "Unanswered";

function resultOf(answer: ObjectAnswer): string {
  return answer.type === "object" ? "ok" : failureCode(answer);
}

/** A created object may have its name from the API server. */
function named(write: SentWrite, answer: ObjectAnswer): SentWrite {
  const { target } = write;
  if (target.name !== undefined || answer.type !== "object") return write;
  return { ...write, target: { ...target, name: nameOf(answer.object) } };
}

function nameOf(object: unknown): string | undefined {
  return textOf(fieldOf(object, "metadata"), "name");
}

function actionOf({ verb, target }: SentWrite): string {
  return describeAction(verb, target, target.name, target.subresource);
}
