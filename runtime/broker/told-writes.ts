import { textOf, fieldOf } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";
import { describeAction } from "./kube-target.ts";
import type { KubeWrite } from "./ports.ts";

/** The same client, which tells each write that the API server has accepted. */
export function toldWrites(objects: ObjectClient, tell: (write: KubeWrite) => void): ObjectClient {
  const send = async (write: Omit<KubeWrite, "action">, answer: Promise<ObjectAnswer>): Promise<ObjectAnswer> => {
    const answered = await answer;
    if (answered.type === "object") tell({ action: actionOf(write), ...write });
    return answered;
  };
  return {
    get: (target, signal) => objects.get(target, signal),
    list: (scope, signal) => objects.list(scope, signal),
    create(target, object, signal) {
      const name = textOf(fieldOf(object, "metadata"), "name");
      return send(
        { verb: "create", target: { ...target, name }, body: object },
        objects.create(target, object, signal),
      );
    },
    patch: (target, patch, type, signal) =>
      send({ verb: "patch", target, body: patch }, objects.patch(target, patch, type, signal)),
    delete: (target, signal) => send({ verb: "delete", target, body: undefined }, objects.delete(target, signal)),
  };
}

function actionOf({ verb, target }: Omit<KubeWrite, "action">): string {
  return describeAction(verb, target, target.name, target.subresource);
}
