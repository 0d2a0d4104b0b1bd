import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { BuiltInResource } from "../../registry/built-in/built-in-resource.ts";
import { discoveredResources } from "./discovered-resources.ts";
import { encodingFacts } from "./encoding-facts.ts";
import { goFacts, type Facts } from "./go-facts.ts";
import { linkedSchemas } from "../built-in/linked-schemas.ts";
import { definitionsByKind, openApiDefinitions } from "./openapi-definitions.ts";

/** The server that is read. */
export interface SourceServer {
  get(path: string, accept: string): Promise<unknown>;
  post(path: string, body: JsonRecord): Promise<Posted>;
}

export interface Posted {
  readonly answer: unknown;
  /** What the server made of the body: decoded, defaulted and encoded again. Only its audit log tells. */
  readonly received: () => Promise<unknown>;
}

export interface GeneratedFiles {
  /** Text of `schema/built-in/built-in-schemas.generated.ts`. */
  readonly schemas: string;
  /** Text of `registry/built-in/built-in-resources.generated.ts`. */
  readonly resources: string;
}

type Definitions = ReadonlyMap<string, JsonRecord>;

const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** What no resource answers with, but requests carry or every error is. */
const FURTHER_ROOTS = ["meta.v1.DeleteOptions", "meta.v1.Status"];

/** The tables of built-in kinds, from a kube-apiserver's discovery, its OpenAPI documents and its errors. */
export async function generatedFiles(server: SourceServer): Promise<GeneratedFiles> {
  const discovery = await Promise.all(["/api", "/apis"].map((path) => server.get(path, DISCOVERY)));
  const documents = await readOpenApi(server, discovery);
  const names = definitionsByKind(documents);
  const resources = discovery
    .flatMap(discoveredResources)
    .map((resource): BuiltInResource => ({ ...resource, definition: definitionName(names, resource) }));
  const subresources = resources
    .flatMap((resource) => Object.values(resource.subresources))
    .flatMap(({ group, version, kind }) => names.get(`${group}/${version}/${kind}`) ?? []);
  const roots = [...resources.map(({ definition }) => definition), ...subresources, ...FURTHER_ROOTS];
  const definitions = openApiDefinitions(documents, roots);
  const kinds = creatableKinds(server, definitions, resources);
  const facts = [await goFacts(kinds), await encodingFacts(kinds)];
  return { schemas: schemasText(facts.reduce(withFacts, definitions)), resources: resourcesText(resources) };
}

function readOpenApi(server: SourceServer, discovery: readonly unknown[]): Promise<unknown[]> {
  const paths = discovery.flatMap((document) =>
    elementsOf(document, "items").flatMap((item) => {
      const group = textOf(fieldOf(item, "metadata"), "name") ?? "";
      return elementsOf(item, "versions").map((version) => groupVersionPath(group, textOf(version, "version") ?? ""));
    }),
  );
  return Promise.all(paths.map((path) => server.get(`/openapi/v3${path}`, "application/json")));
}

function groupVersionPath(group: string, version: string): string {
  return group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
}

function definitionName(names: ReadonlyMap<string, string>, resource: Omit<BuiltInResource, "definition">): string {
  const key = `${resource.group}/${resource.version}/${resource.kind}`;
  const name = names.get(key);
  if (name === undefined) throw new Error(`Cannot find the definition of ${key} in the OpenAPI documents`);
  return name;
}

type Kind = Parameters<typeof goFacts>[0][number] & Parameters<typeof encodingFacts>[0][number];

function creatableKinds(server: SourceServer, definitions: Definitions, resources: readonly BuiltInResource[]): Kind[] {
  const schemas = linkedSchemas(definitionLines(definitions));
  return resources
    .filter(({ verbs }) => verbs.includes("create"))
    .map(({ group, version, plural, namespaced, definition }) => {
      const path = `${groupVersionPath(group, version)}${namespaced ? "/namespaces/default" : ""}/${plural}?dryRun=All`;
      return {
        schema: schemas(definition) ?? {},
        refusal: async (body) => textOf((await server.post(path, body)).answer, "message") ?? "",
        roundTrip: async (body) => (await server.post(path, body)).received(),
      };
    });
}

function withFacts(definitions: Definitions, facts: Facts): Definitions {
  const learned = (node: JsonRecord, label: string): JsonRecord => {
    const { properties, items, additionalProperties } = node;
    return {
      ...node,
      ...facts.get(label),
      ...(isRecord(properties) && { properties: membersOf(properties, label) }),
      ...(isRecord(items) && { items: learned(items, `${label}/[]`) }),
      ...(isRecord(additionalProperties) && { additionalProperties: learned(additionalProperties, `${label}/{}`) }),
    };
  };
  const membersOf = (properties: JsonRecord, label: string): JsonRecord =>
    Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, isRecord(one) ? learned(one, `${label}/${name}`) : one]),
    );
  return new Map([...definitions].map(([name, node]) => [name, learned(node, name)]));
}

function definitionLines(definitions: Definitions): string {
  return [...definitions].map(([name, schema]) => `${name} ${JSON.stringify(schema)}\n`).join("");
}

/** One text, a line a definition: a module that holds them as objects takes longer to load than all the rest. */
function schemasText(definitions: Definitions): string {
  const lines = definitionLines(definitions);
  if (/[`\\]|\$\{/.test(lines)) throw new Error("Cannot write the definitions as a template: they hold its marks");
  return [
    "// Written by ../generation/generate.ts from a kube-apiserver's OpenAPI documents and errors. Do not edit.\n",
    "/** Each line is a definition: its name, a space, its schema. */\n",
    `export const builtInDefinitions = String.raw\`\n${lines}\`;\n`,
  ].join("");
}

function resourcesText(resources: readonly BuiltInResource[]): string {
  const rows = resources.map((resource) => `  ${JSON.stringify(resource)},\n`).join("");
  return [
    "// Written by ../../schema/generation/generate.ts from a kube-apiserver's discovery. Do not edit.\n",
    'import type { BuiltInResource } from "./built-in-resource.ts";\n\n',
    "/** Every stable resource of a kube-apiserver, in discovery's order. */\n",
    `export const generatedResources: readonly BuiltInResource[] = [\n${rows}];\n`,
  ].join("");
}
