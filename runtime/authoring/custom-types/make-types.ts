/**
 * The types of custom resources, from a cluster or from their definitions. It writes nothing; of a cluster it reads what the
 * API server publishes of its kinds. The command `types` calls it.
 */
import { resourceName } from "#resources/api-resource.ts";
import type { ConnectDeps, WantedCluster } from "../connect.ts";
import type { GivenText } from "../given/given-files.ts";
import { kindsOfCluster } from "./cluster-kinds.ts";
import { byGroupAndPlural, type CustomKind } from "./custom-kind.ts";
import { kindsOfTexts } from "./text-kinds.ts";
import { typesSource } from "./types-source.ts";

export type MadeTypes =
  | {
      readonly type: "made";
      readonly text: string;
      /** `widgets.example.com`; sorted. */
      readonly resources: readonly string[];
      /** A sentence each. */
      readonly warnings: readonly string[];
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export type TypesOrigin =
  | { readonly type: "definitions"; readonly texts: readonly GivenText[] }
  | { readonly type: "cluster"; readonly cluster: WantedCluster };

export interface TypesRequest {
  readonly origin: TypesOrigin;
  /** Resources as kubectl names them, or groups. Empty: all. */
  readonly names: readonly string[];
  /** What is run to make the file anew. */
  readonly command: string;
}

export async function makeTypes(
  deps: ConnectDeps,
  { origin, names, command }: TypesRequest,
  signal: AbortSignal,
): Promise<MadeTypes> {
  const found =
    origin.type === "cluster"
      ? await kindsOfCluster(origin.cluster, names, deps, signal)
      : kindsOfTexts(origin.texts, names);
  if (found.type === "failed") return found;
  const kinds = byGroupAndPlural(found.kinds);
  const resources = [...new Set(kinds.map(({ resource }) => resourceName(resource)))];
  const warnings = [...found.warnings, ...kinds.flatMap(withoutSchema)];
  return { type: "made", text: typesSource(kinds, found.resources, command), resources, warnings };
}

function withoutSchema({ resource, schema }: CustomKind): string[] {
  if (schema) return [];
  return [`${resourceName(resource)} has no schema in version ${resource.version}: nothing is known of its fields.`];
}
