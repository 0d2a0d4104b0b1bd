import { inspect } from "node:util";
import type { ApiStatus, StatusCause } from "#devcluster/api-status.ts";
import { elementsOf, fieldOf, isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";

/** What a write comes to, as far as it is the same on every server. */
export type WriteAnswer =
  | { readonly object: string; readonly owners: readonly string[] }
  | (Pick<ApiStatus, "code" | "reason" | "message"> & { readonly causes?: readonly StatusCause[] });

const BY_THE_SERVER = ["name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink"];

/** Tells the answers to writes that follow each other. */
export class WriteAnswers {
  /** The write that first told a time. */
  readonly #firstTold = new Map<string, number>();
  #writes = 0;

  succeeded(object: JsonRecord): WriteAnswer {
    this.#writes += 1;
    const { apiVersion: _, kind: __, metadata, ...content } = object;
    const owners = elementsOf(metadata, "managedFields").map((entry) => this.#owner(entry));
    const kept = isRecord(metadata) ? Object.entries(metadata).filter(([name]) => !isLeftOut(name)) : [];
    return { object: inOneLine({ ...Object.fromEntries(kept), ...content }), owners };
  }

  failed(status: ApiStatus): WriteAnswer {
    this.#writes += 1;
    const { code, reason, message, details } = status;
    const causes = details?.causes?.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return {
      code,
      ...(reason !== undefined && { reason }),
      ...(message !== undefined && { message }),
      ...(causes && { causes }),
    };
  }

  #owner(entry: unknown): string {
    const time = textOf(entry, "time");
    if (time !== undefined && !this.#firstTold.has(time)) this.#firstTold.set(time, this.#writes);
    const told = time === undefined ? "never" : `by write ${this.#firstTold.get(time)}`;
    const words = ["manager", "operation", "apiVersion", "subresource", "fieldsType"].map((name) =>
      textOf(entry, name),
    );
    return [...words.filter((word) => word !== undefined), told, inOneLine(fieldOf(entry, "fieldsV1"))].join(" ");
  }
}

function isLeftOut(name: string): boolean {
  return name === "managedFields" || BY_THE_SERVER.includes(name);
}

function inOneLine(value: unknown): string {
  return inspect(sorted(value), { depth: Infinity, breakLength: Infinity, compact: true, maxArrayLength: null });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(fieldOf(value, name))]));
}
