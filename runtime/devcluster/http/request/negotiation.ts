import { type MediaType, parseAccept } from "./media-type.ts";
import { notAcceptable } from "./request-errors.ts";

/** The form in which a client takes objects. */
export interface AcceptedForm {
  readonly format: "json" | "yaml";
  readonly as: ObjectForm;
  /** `meta.k8s.io/v1` for tables and metadata. */
  readonly apiVersion: string;
}

export type ObjectForm = "object" | "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList";

const AS_IT_IS: AcceptedForm = { format: "json", as: "object", apiVersion: "" };

/** The best form that the server has. Throws 406 if it has none of those. */
export function negotiateObject(accept: string): AcceptedForm {
  if (accept === "") return AS_IT_IS;
  const entries = matching(accept, OBJECT_TYPES, OBJECT_TYPES);
  const form = entries.map(objectForm).find((one) => one !== undefined);
  if (form === undefined)
    throw notAcceptable(`only the following media types are accepted: ${OBJECT_TYPES.join(", ")}`);
  return form;
}

/** As `negotiateObject`, for a watch, which is a stream of JSON. */
export function negotiateWatch(accept: string): AcceptedForm {
  if (accept === "") return AS_IT_IS;
  const entries = matching(accept, OBJECT_TYPES, [...OBJECT_TYPES, WATCH_TYPE]);
  const form = entries.map(objectForm).find((one) => one?.format === "json");
  if (form === undefined) throw notAcceptable(`only the following media types are accepted: ${WATCH_TYPE}`);
  return form;
}

/** For what is no object of the API: JSON, or YAML where the client likes that better. */
export function formatOf(accept: string): "json" | "yaml" {
  const first = parseAccept(accept).find(({ type }) => type === JSON_TYPE || type === YAML_TYPE || type === "*/*");
  return first?.type === YAML_TYPE ? "yaml" : "json";
}

const JSON_TYPE = "application/json";
const YAML_TYPE = "application/yaml";
const OBJECT_TYPES = [JSON_TYPE, YAML_TYPE];
const WATCH_TYPE = `${JSON_TYPE};stream=watch`;

/** The entries that name one of the types, the more exact first among equals. */
function matching(accept: string, types: readonly string[], shown: readonly string[]): MediaType[] {
  const entries = parseAccept(accept).filter(({ type }) => types.includes(type) || type === "*/*");
  if (entries.length > 0) return entries;
  throw notAcceptable(`406: Not Acceptable\n\nAvailable representations: ${shown.join(", ")}`, {});
}

const META_VERSIONS = ["v1", "v1beta1"];
const FORMS: readonly ObjectForm[] = ["Table", "PartialObjectMetadata", "PartialObjectMetadataList"];

/** `undefined`: the server knows no such form. */
function objectForm({ type, parameters }: MediaType): AcceptedForm | undefined {
  const format = type === YAML_TYPE ? "yaml" : "json";
  const { as, g, v = "" } = parameters;
  if (as === undefined) return { ...AS_IT_IS, format };
  const form = FORMS.find((one) => one === as);
  if (form === undefined || g !== "meta.k8s.io" || !META_VERSIONS.includes(v)) return undefined;
  return { format, as: form, apiVersion: `${g}/${v}` };
}
