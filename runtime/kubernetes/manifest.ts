import { CORE_SCHEMA, loadAll } from "js-yaml";

export type Manifest =
  /** What each document holds. Empty documents are left out. */
  | { readonly type: "documents"; readonly documents: readonly unknown[] }
  /** `reason` names the line. */
  | { readonly type: "invalid"; readonly reason: string };

/** Reads what `kubectl apply -f` reads: YAML, several documents, or JSON. Times stay texts. */
export function parseManifest(text: string): Manifest {
  try {
    const documents = loadAll(text, { schema: CORE_SCHEMA }).filter(
      (document) => document !== null && document !== undefined,
    );
    return { type: "documents", documents };
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { type: "invalid", reason };
  }
}
