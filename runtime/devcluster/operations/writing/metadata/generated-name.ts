import { withMetadata, type ApiObject } from "../../../api-object.ts";
import type { Target } from "../../api-operations.ts";
import type { OperationsDeps } from "../../operations-context.ts";

/** Without vowels and look-alikes, so that no word comes out (apimachinery: `rand.String`). */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;
const MAX_LENGTH = 63;
/** Drawing a name again is worth it only while few are taken (apiserver: `maxNameGenerationCreateAttempts`). */
const NAME_ATTEMPTS = 8;

/** The object with a name of its own, if it has none but a `generateName`. */
export function nameObject(
  { store, random }: Pick<OperationsDeps, "store" | "random">,
  { resource, namespace }: Target,
  object: ApiObject,
): ApiObject {
  const { name, generateName = "" } = object.metadata;
  if (name !== "" || generateName === "") return object;
  for (let attempt = 1; ; attempt++) {
    const drawn = generatedName(generateName, random);
    if (attempt === NAME_ATTEMPTS || !store.get(resource.storage, { namespace, name: drawn }))
      return withMetadata(object, { name: drawn });
  }
}

/** A name that begins with `base`. @param random in [0, 1) */
export function generatedName(base: string, random: () => number): string {
  return base.slice(0, MAX_LENGTH - SUFFIX_LENGTH) + randomSuffix(SUFFIX_LENGTH, random);
}

/** Letters as the server draws them. */
export function randomSuffix(length: number, random: () => number): string {
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");
}
