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

export interface Asked {
  readonly accept: string;
  readonly verb: string;
  /** Of a CustomResourceDefinition: the real server has another front for those, with other words. */
  readonly custom: boolean;
}

/** The best form that the server has; of a watch, which is a stream of JSON. Throws 406 if it has none. */
export function negotiate({ accept, verb, custom }: Asked): AcceptedForm {
  if (accept === "") return AS_IT_IS;
  const known = parseAccept(accept).filter(({ type }) => TYPES.has(type) || (custom && type === "application/*"));
  if (known.length === 0 && !custom)
    throw notAcceptable(`406: Not Acceptable\n\nAvailable representations: ${shown(verb)}`, {});
  const form = known.map(formOf).find((one) => one !== undefined);
  if (form === undefined) throw notAcceptable(`${ONLY}: ${OBJECT_TYPES}`);
  if (verb === "watch" && form.format === "yaml") throw notAcceptable(`${ONLY}: ${WATCH_TYPE}`);
  return form;
}

/** How to write an answer that is no object, as of a failure. */
export function formatOf(accept: string): "json" | "yaml" {
  const first = parseAccept(accept).find(({ type }) => TYPES.has(type));
  return first?.type === YAML_TYPE && first.parameters["as"] === undefined ? "yaml" : "json";
}

const AS_IT_IS: AcceptedForm = { format: "json", as: "object", apiVersion: "" };
const JSON_TYPE = "application/json";
const YAML_TYPE = "application/yaml";
const TYPES = new Set([JSON_TYPE, YAML_TYPE, "*/*"]);
const OBJECT_TYPES = `${JSON_TYPE}, ${YAML_TYPE}`;
const WATCH_TYPE = `${JSON_TYPE};stream=watch`;
const ONLY = "only the following media types are accepted";
const META_VERSIONS = ["v1", "v1beta1"];
const FORMS: readonly ObjectForm[] = ["Table", "PartialObjectMetadata", "PartialObjectMetadataList"];

function shown(verb: string): string {
  return verb === "list" || verb === "watch" ? `${OBJECT_TYPES}, ${WATCH_TYPE}` : OBJECT_TYPES;
}

/** `undefined`: the server knows no such form. */
function formOf({ type, parameters }: MediaType): AcceptedForm | undefined {
  const format = type === YAML_TYPE ? "yaml" : "json";
  const { as, g, v = "" } = parameters;
  if (as === undefined) return { ...AS_IT_IS, format };
  const form = FORMS.find((one) => one === as);
  if (form === undefined || g !== "meta.k8s.io" || !META_VERSIONS.includes(v)) return undefined;
  return { format, as: form, apiVersion: `${g}/${v}` };
}
