/** Names an object within one resource. `namespace` is `""` for cluster-scoped objects. */
export interface ObjectKey {
  readonly namespace: string;
  readonly name: string;
}

/** Thrown when a text is no object key. */
export class KeyError extends Error {
  override readonly name = "KeyError";
  readonly code = "BAD_KEY";
}

/** `namespace/name`, or `name` without a namespace (client-go: `MetaNamespaceKeyFunc`). */
export function formatKey({ namespace, name }: ObjectKey): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** The reverse of `formatKey`. Throws `KeyError` for more than two parts. */
export function parseKey(text: string): ObjectKey {
  const parts = text.split("/");
  const [first = "", second] = parts;
  if (parts.length > 2) throw new KeyError(`Cannot read object key "${text}": use "namespace/name" or "name"`);
  return second === undefined ? { namespace: "", name: first } : { namespace: first, name: second };
}
