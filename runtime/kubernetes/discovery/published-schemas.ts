/** What the API server publishes of its kinds: OpenAPI v3, one document for each group version (Kubernetes 1.24 and later). */
import { Gate } from "#kernel/gate.ts";
import { fieldOf, elementsOf, isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";
import { type ApiResource, apiVersionOf } from "#resources/api-resource.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { RequestFailure } from "../request-failure.ts";
import { getDocument } from "./get-document.ts";

export interface PublishedSchema {
  readonly resource: ApiResource;
  /** Of whole objects; `undefined`: the server has none. */
  readonly schema: JsonRecord | undefined;
  /** All of its group version, by what `$ref` says. */
  readonly references: ReadonlyMap<string, JsonRecord>;
}

export type PublishedSchemas =
  | {
      readonly type: "schemas";
      readonly schemas: readonly PublishedSchema[];
      /** Group versions whose document is not to be had now, for example of an aggregated API server that is down. */
      readonly missing: readonly { readonly apiVersion: string; readonly failure: RequestFailure }[];
    }
  /** The server does not publish any. */
  | { readonly type: "absent" }
  | { readonly type: "failed"; readonly failure: RequestFailure };

type Schemas = readonly PublishedSchema[];

/** A server with hundreds of group versions has others to serve, too. */
const DOCUMENTS_AT_ONCE = 8;
const NO_REFERENCES: ReadonlyMap<string, JsonRecord> = new Map();

/** In the order of their group versions; only the documents of these are asked for. */
export async function readPublishedSchemas(
  api: ApiClient,
  resources: readonly ApiResource[],
  signal: AbortSignal,
): Promise<PublishedSchemas> {
  const index = await getDocument(api, "/openapi/v3", signal);
  if (index.type === "status" && index.code === 404) return { type: "absent" };
  if (index.type !== "document") return { type: "failed", failure: index };
  const gate = new Gate(DOCUMENTS_AT_ONCE);
  const read = await Promise.all(
    [...Map.groupBy(resources, apiVersionOf)].map(async ([apiVersion, ofGroup]) => {
      const path = documentPath(index.value, apiVersion);
      // A definition that has just come is discovered before its schema is published.
      if (path === undefined) return { apiVersion, schemas: ofGroup.map(withoutSchema) };
      const document = await gate.run(() => getDocument(api, path, signal));
      return { apiVersion, schemas: document.type === "document" ? schemasOf(ofGroup, document.value) : document };
    }),
  );
  return {
    type: "schemas",
    schemas: read.flatMap(({ schemas }) => (isFailure(schemas) ? [] : schemas)),
    missing: read.flatMap(({ apiVersion, schemas }) => (isFailure(schemas) ? [{ apiVersion, failure: schemas }] : [])),
  };
}

function isFailure(schemas: Schemas | RequestFailure): schemas is RequestFailure {
  return "type" in schemas;
}

function documentPath(index: unknown, apiVersion: string): string | undefined {
  const name = apiVersion.includes("/") ? `apis/${apiVersion}` : `api/${apiVersion}`;
  return textOf(fieldOf(fieldOf(index, "paths"), name), "serverRelativeURL");
}

function withoutSchema(resource: ApiResource): PublishedSchema {
  return { resource, schema: undefined, references: NO_REFERENCES };
}

function schemasOf(resources: readonly ApiResource[], document: unknown): PublishedSchema[] {
  const schemas = fieldOf(fieldOf(document, "components"), "schemas");
  const entries = isRecord(schemas) ? Object.entries(schemas) : [];
  const known = entries.flatMap(([name, schema]) => (isRecord(schema) ? [{ name, schema }] : []));
  const references = new Map(known.map(({ name, schema }) => [`#/components/schemas/${name}`, schema]));
  return resources.map((resource) => {
    const found = known.find(({ schema }) => isOf(schema, resource));
    return { resource, schema: found?.schema, references };
  });
}

function isOf(schema: JsonRecord, { group, version, kind }: ApiResource): boolean {
  return elementsOf(schema, "x-kubernetes-group-version-kind").some(
    (one) => textOf(one, "group") === group && textOf(one, "version") === version && textOf(one, "kind") === kind,
  );
}
