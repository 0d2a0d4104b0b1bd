import type { ApiObject } from "../../api-object.ts";

/** Names a stored object. */
export interface StoredAt {
  readonly storage: string;
  readonly namespace: string;
  readonly name: string;
}

/** Who depends on whom, by the owner's uid. */
export class OwnerIndex {
  readonly #dependants = new Map<string, Map<string, StoredAt>>();

  dependantsOf(uid: string | undefined): readonly StoredAt[] {
    return uid === undefined ? [] : [...(this.#dependants.get(uid)?.values() ?? [])];
  }

  /** `now` and `before` are two states of one object; `undefined`: it does not exist. */
  replace(storage: string, before: ApiObject | undefined, now: ApiObject | undefined): void {
    if (before && before.metadata.ownerReferences === now?.metadata.ownerReferences) return;
    for (const { uid } of before?.metadata.ownerReferences ?? []) this.#remove(uid, storage, before);
    for (const { uid } of now?.metadata.ownerReferences ?? []) this.#add(uid, storage, now);
  }

  #add(uid: string, storage: string, object: ApiObject | undefined): void {
    if (!object) return;
    const place = placeOf(storage, object);
    const dependants = this.#dependants.get(uid) ?? new Map<string, StoredAt>();
    this.#dependants.set(uid, dependants.set(placeText(place), place));
  }

  #remove(uid: string, storage: string, object: ApiObject | undefined): void {
    if (!object) return;
    const dependants = this.#dependants.get(uid);
    dependants?.delete(placeText(placeOf(storage, object)));
    if (dependants?.size === 0) this.#dependants.delete(uid);
  }
}

export function placeOf(storage: string, { metadata: { namespace = "", name } }: ApiObject): StoredAt {
  return { storage, namespace, name };
}

/** The same for the same place; `parsePlace` reads it. */
export function placeText({ storage, namespace, name }: StoredAt): string {
  return `${storage}/${namespace}/${name}`;
}

export function parsePlace(text: string): StoredAt {
  const [storage = "", namespace = "", name = ""] = text.split("/");
  return { storage, namespace, name };
}
