/**
 * Keeps handlers from writing what the runtime takes its handlers from: who writes that gives itself any `allow`. The broker asks it
 * about each write.
 */
import type { WriteTarget } from "#broker/ports.ts";

/** Which ConfigMaps of the runtime's own namespace hold handlers. */
export type HandlersSeal =
  | { readonly type: "none" }
  | { readonly type: "named"; readonly maps: readonly string[] }
  /** Any that gets the label, and there are many ways to write a label. */
  | { readonly type: "labelled" }
  /** A volume does not say what it is made of. */
  | { readonly type: "mounted" };

/** Of a directory. @param maps what it is mounted from, as far as that is named */
export function mountSeal(maps: readonly string[], isMounted: boolean): HandlersSeal {
  if (maps.length > 0) return { type: "named", maps };
  return { type: isMounted ? "mounted" : "none" };
}

/** Says why no handler may write an object, and what to do; `undefined` for whatever holds no handlers. */
export function handlersSealed(seal: HandlersSeal, ownNamespace: string): (target: WriteTarget) => string | undefined {
  return ({ resource: { group, plural }, namespace, name }) =>
    group === "" && plural === "configmaps" && namespace === ownNamespace ? reasonFor(seal, name) : undefined;
}

function reasonFor(seal: HandlersSeal, name: string | undefined): string | undefined {
  switch (seal.type) {
    case "none":
      return undefined;
    case "named":
      if (name === undefined)
        return "it could get the name of one that holds the handlers of this runtime, which no handler may write. Give it a name";
      if (!seal.maps.includes(name)) return undefined;
      return "it holds the handlers of this runtime, which no handler may write. Write another ConfigMap";
    case "labelled":
      return "any ConfigMap of this namespace can hold the handlers of this runtime, which no handler may write. Write one in another namespace, or start the runtime with --handlers configmap/NAMESPACE/NAME";
    case "mounted":
      return "the handlers of this runtime, which no handler may write, are mounted from this namespace, and it is not known from which ConfigMap. Start the runtime with --mounted-map NAME";
  }
}
