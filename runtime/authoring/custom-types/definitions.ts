/** CustomResourceDefinitions in texts. */
import { textOf } from "#kernel/json-value.ts";
import type { GivenText } from "../given/given-files.ts";
import { itemsIn } from "../given/given-items.ts";

export interface Definition {
  /** Of the text that it is in. */
  readonly name: string;
  readonly definition: unknown;
}

export type FoundDefinitions =
  | { readonly type: "found"; readonly definitions: readonly Definition[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** Every definition in the texts; what else is in them is passed over. */
export function definitionsIn(texts: readonly GivenText[]): FoundDefinitions {
  const definitions: Definition[] = [];
  for (const { name, text } of texts) {
    const given = itemsIn(text);
    if (given.type === "invalid")
      return failed(`Cannot read definitions "${name}": ${given.reason}. Correct it there.`);
    for (const object of given.items) {
      if (textOf(object, "kind") !== "CustomResourceDefinition") continue;
      const apiVersion = textOf(object, "apiVersion");
      if (apiVersion !== "apiextensions.k8s.io/v1") return failed(otherVersion(name, apiVersion));
      definitions.push({ name, definition: object });
    }
  }
  return { type: "found", definitions };
}

function otherVersion(name: string, apiVersion = ""): string {
  return `Cannot use a CustomResourceDefinition of "${name}": its apiVersion is "${apiVersion}". Write it as apiextensions.k8s.io/v1, the only one since Kubernetes 1.22.`;
}

function failed(message: string): FoundDefinitions {
  return { type: "failed", message };
}
