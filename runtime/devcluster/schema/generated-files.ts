import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import type { BuiltInResource } from "../registry/built-in-resource.ts";
import { discoveredResources } from "../registry/discovered-resources.ts";
import { definitionsByKind, openApiDefinitions } from "./openapi-definitions.ts";

/** Of the server that is read: the document at a path. */
export type ReadDocument = (path: string, accept: string) => Promise<unknown>;

export interface GeneratedFiles {
  /** Text of `schema/built-in-schemas.generated.ts`. */
  readonly schemas: string;
  /** Text of `registry/built-in-resources.generated.ts`. */
  readonly resources: string;
}

const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** What no resource answers with, but requests carry or every error is. */
const FURTHER_ROOTS = ["meta.v1.DeleteOptions", "meta.v1.Status"];

/** The tables of built-in kinds, from a kube-apiserver's discovery and OpenAPI documents. */
export async function generatedFiles(read: ReadDocument): Promise<GeneratedFiles> {
  const discovery = await Promise.all(["/api", "/apis"].map((path) => read(path, DISCOVERY)));
  const documents = await readOpenApi(read, discovery);
  const definitions = definitionsByKind(documents);
  const resources = discovery
    .flatMap(discoveredResources)
    .map((resource): BuiltInResource => ({ ...resource, definition: definitionName(definitions, resource) }));
  const subresources = resources
    .flatMap((resource) => Object.values(resource.subresources))
    .flatMap(({ group, version, kind }) => definitions.get(`${group}/${version}/${kind}`) ?? []);
  const roots = [...resources.map(({ definition }) => definition), ...subresources, ...FURTHER_ROOTS];
  return { schemas: schemasText(documents, roots), resources: resourcesText(resources) };
}

function readOpenApi(read: ReadDocument, discovery: readonly unknown[]): Promise<unknown[]> {
  const groupVersions = discovery.flatMap((document) =>
    elementsOf(document, "items").flatMap((item) => {
      const group = textOf(fieldOf(item, "metadata"), "name") ?? "";
      return elementsOf(item, "versions").map((version) => [group, textOf(version, "version") ?? ""] as const);
    }),
  );
  const paths = groupVersions.map(([group, version]) => (group === "" ? `api/${version}` : `apis/${group}/${version}`));
  return Promise.all(paths.map((path) => read(`/openapi/v3/${path}`, "application/json")));
}

function definitionName(
  definitions: ReadonlyMap<string, string>,
  resource: Omit<BuiltInResource, "definition">,
): string {
  const key = `${resource.group}/${resource.version}/${resource.kind}`;
  const name = definitions.get(key);
  if (name === undefined) throw new Error(`Cannot find the definition of ${key} in the OpenAPI documents`);
  return name;
}

/** One text, a line a definition: a module that holds them as objects takes longer to load than all the rest. */
function schemasText(documents: readonly unknown[], roots: readonly string[]): string {
  const lines = [...openApiDefinitions(documents, roots)].map(
    ([name, schema]) => `${name} ${JSON.stringify(schema)}\n`,
  );
  if (lines.some((line) => /[`\\$]{/.test(line) || line.includes("`")))
    throw new Error("Cannot write a definition as a template");
  return [
    "// Written by generate.ts from a kube-apiserver's OpenAPI documents. Do not edit.\n",
    "/** Each line is a definition: its name, a space, its schema. */\n",
    `export const builtInDefinitions = String.raw\`\n${lines.join("")}\`;\n`,
  ].join("");
}

function resourcesText(resources: readonly BuiltInResource[]): string {
  const rows = resources.map((resource) => `  ${JSON.stringify(resource)},\n`).join("");
  return [
    "// Written by ../schema/generate.ts from a kube-apiserver's discovery. Do not edit.\n",
    'import type { BuiltInResource } from "./built-in-resource.ts";\n\n',
    "/** Every stable resource of a kube-apiserver, in discovery's order. */\n",
    `export const generatedResources: readonly BuiltInResource[] = [\n${rows}];\n`,
  ].join("");
}
