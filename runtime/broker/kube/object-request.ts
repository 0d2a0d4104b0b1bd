import type { ObjectAnswer, ObjectClient, PatchType } from "#kubernetes/object-client.ts";
import type { KubeScope } from "./kube-target.ts";

/** One request for the API server. What is checked and what is sent are the same data. */
export type ObjectRequest =
  | { readonly type: "get" | "delete" | "evict"; readonly scope: KubeScope; readonly name: string }
  | {
      readonly type: "list";
      readonly scope: KubeScope;
      readonly labelSelector?: string | undefined;
      readonly limit?: number | undefined;
    }
  | {
      readonly type: "create";
      readonly scope: KubeScope;
      /** `undefined`: the API server makes it. */
      readonly name: string | undefined;
      readonly object: unknown;
    }
  | { readonly type: "apply"; readonly scope: KubeScope; readonly name: string; readonly object: unknown }
  | {
      readonly type: "patch";
      readonly scope: KubeScope;
      readonly name: string;
      readonly subresource: "status" | "scale" | undefined;
      readonly patch: unknown;
      readonly patchType: Exclude<PatchType, "apply">;
    };

/** A right that a request needs, as RBAC names it. */
export interface NeededRight {
  readonly verb: string;
  readonly subresource: string | undefined;
}

/** The last one says what is done. An apply creates what is not there: the API server, too, wants both rights then. */
export function rightsFor(request: ObjectRequest): readonly [...NeededRight[], NeededRight] {
  switch (request.type) {
    case "get":
    case "delete":
    case "list":
    case "create":
      return [{ verb: request.type, subresource: undefined }];
    case "evict":
      return [{ verb: "create", subresource: "eviction" }];
    case "apply":
      return [
        { verb: "create", subresource: undefined },
        { verb: "patch", subresource: undefined },
      ];
    case "patch":
      return [{ verb: "patch", subresource: request.subresource }];
  }
}

export function sendRequest(objects: ObjectClient, request: ObjectRequest, signal: AbortSignal): Promise<ObjectAnswer> {
  const { scope } = request;
  switch (request.type) {
    case "get":
      return objects.get({ ...scope, name: request.name }, signal);
    case "delete":
      return objects.delete({ ...scope, name: request.name }, signal);
    case "evict":
      return objects.evict({ ...scope, name: request.name }, signal);
    case "list": {
      const { labelSelector = "", limit = 0 } = request;
      return objects.list({ ...scope, ...(labelSelector && { labelSelector }), ...(limit && { limit }) }, signal);
    }
    case "create":
      return objects.create(scope, request.object, signal);
    case "apply":
      return objects.patch({ ...scope, name: request.name }, request.object, "apply", signal);
    case "patch": {
      const { name, subresource, patch, patchType } = request;
      return objects.patch({ ...scope, name, ...(subresource && { subresource }) }, patch, patchType, signal);
    }
  }
}
