/**
 * The types of custom resources, from a cluster or from their definitions. It writes nothing; of a cluster it reads what the
 * API server publishes of every kind. The command `types` calls it.
 */
import { isDeepStrictEqual } from "node:util";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import { resourceName } from "#resources/api-resource.ts";
import { connect, type ConnectDeps, type WantedCluster } from "../connect.ts";
import { type CustomKind, isCustom } from "./custom-kind.ts";
import { type Definition, type DefinitionText, definitionsIn } from "./definition-files.ts";
import { kindsOfDefinition } from "./definition-kinds.ts";
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
  | { readonly type: "definitions"; readonly texts: readonly DefinitionText[] }
  | { readonly type: "cluster"; readonly cluster: WantedCluster };

export interface TypesRequest {
  readonly origin: TypesOrigin;
  /** What is run to make the file anew. */
  readonly command: string;
}

type Failed = Extract<MadeTypes, { type: "failed" }>;
type Kinds =
  | { readonly type: "kinds"; readonly kinds: readonly CustomKind[]; readonly warnings: readonly string[] }
  | Failed;

export async function makeTypes(deps: ConnectDeps, request: TypesRequest, signal: AbortSignal): Promise<MadeTypes> {
  const { origin, command } = request;
  const found =
    origin.type === "cluster" ? await kindsInCluster(origin.cluster, deps, signal) : kindsInTexts(origin.texts);
  if (found.type === "failed") return found;
  const kinds = sorted(found.kinds);
  const resources = [...new Set(kinds.map(({ resource }) => resourceName(resource)))];
  const warnings = [...found.warnings, ...kinds.flatMap(withoutSchema)];
  return { type: "made", text: typesSource(kinds, command), resources, warnings };
}

async function kindsInCluster(wanted: WantedCluster, deps: ConnectDeps, signal: AbortSignal): Promise<Kinds> {
  const cluster = connect(wanted, deps);
  if (cluster instanceof ClusterConfigError) return failed(cluster.message);
  try {
    const published = await cluster.schemas(isCustom, signal);
    const { server } = cluster;
    if (published.type === "failed")
      return failed(describeFailure(published.failure, { server, action: "read the cluster's schemas" }));
    if (published.type === "absent") return failed(NO_SCHEMAS);
    const warnings = published.missing.map(({ apiVersion, failure }) =>
      describeFailure(failure, { server, action: `read the schemas of ${apiVersion}, which get no types` }),
    );
    if (published.schemas.length > 0) return { type: "kinds", kinds: published.schemas, warnings };
    return failed(warnings[0] ?? `Cannot make types: ${server} has no custom resources. ${OTHER_ORIGIN}`);
  } finally {
    await cluster.close();
  }
}

const OTHER_ORIGIN = "Name another cluster with --context, or definitions in files with --crds.";
const NO_SCHEMAS =
  "Cannot make types: the API server publishes no OpenAPI v3 (Kubernetes 1.24 and later do). Give it the definitions: kubectl get crds -o yaml | informd types --crds -";

function kindsInTexts(texts: readonly DefinitionText[]): Kinds {
  const read = definitionsIn(texts);
  if (read.type === "failed") return read;
  const kinds: CustomKind[] = [];
  const known = new Map<string, Definition>();
  for (const one of read.definitions) {
    const found = kindsOfDefinition(one.definition);
    if (found.type === "invalid")
      return failed(`Cannot use a CustomResourceDefinition of "${one.name}": ${found.reason}.`);
    const name = resourceName(found.kinds[0].resource);
    const before = known.get(name);
    known.set(name, one);
    if (!before) kinds.push(...found.kinds);
    else if (!isDeepStrictEqual(before.definition, one.definition)) return failed(twice(name, before, one));
  }
  if (kinds.length > 0) return { type: "kinds", kinds, warnings: [] };
  if (texts.length === 0)
    return failed("Cannot make types: there is no YAML and no JSON file. Name others with --crds.");
  const shown = texts.slice(0, SHOWN_NAMES).map(({ name }) => `"${name}"`);
  const more = texts.length > shown.length ? ` and ${texts.length - shown.length} more` : "";
  return failed(`Cannot make types of ${shown.join(", ")}${more}: no CustomResourceDefinition is there.`);
}

const SHOWN_NAMES = 3;

function twice(name: string, a: Definition, b: Definition): string {
  return `Cannot make types: "${a.name}" and "${b.name}" define ${name} in different ways. Name one of them with --crds.`;
}

function withoutSchema({ resource, schema }: CustomKind): string[] {
  if (schema) return [];
  return [`${resourceName(resource)} has no schema in version ${resource.version}: nothing is known of its fields.`];
}

/** By group and plural; versions of one kind stay in their order. */
function sorted(kinds: readonly CustomKind[]): CustomKind[] {
  const keyOf = ({ resource: { group, plural } }: CustomKind): string => `${group}/${plural}`;
  return kinds.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function failed(message: string): Failed {
  return { type: "failed", message };
}
