import { fieldOf, isRecord, parseJson, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, required, tooLong, type FieldCause } from "../../../schema/field-causes.ts";
import { configKeyFaults } from "../name-rules.ts";
import { immutable } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

const MAX_BYTES = 1_048_576;
const FROZEN = "field is immutable when `immutable` is set";

export function configMapCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const [data, binary] = [recordAt(object, "data"), recordAt(object, "binaryData")];
  const size = sizeOf(data, "utf8") + sizeOf(binary, "base64");
  return [
    ...(old ? frozenCauses(object, old, ["data", "binaryData"]) : []),
    ...Object.keys(data).flatMap((key) => [
      ...keyCauses("data", key),
      ...(Object.hasOwn(binary, key) ? [invalid(`data[${key}]`, key, "duplicate of key present in binaryData")] : []),
    ]),
    ...Object.keys(binary).flatMap((key) => keyCauses("binaryData", key)),
    ...(size > MAX_BYTES ? [tooLong("[]", MAX_BYTES)] : []),
  ];
}

/** What the server wants of secrets of its own types. */
const NEEDED_KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};
const JSON_KEYS = [".dockercfg", ".dockerconfigjson"];
const ACCOUNT = "kubernetes.io/service-account.name";

export function secretCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const data = recordAt(object, "data");
  return [
    ...(old ? immutable("type", object["type"], old["type"]) : []),
    ...(old ? frozenCauses(object, old, ["data"]) : []),
    ...Object.keys(data).flatMap((key) => keyCauses("data", key)),
    ...(sizeOf(data, "base64") > MAX_BYTES ? [tooLong("data", MAX_BYTES)] : []),
    ...typeCauses(textOf(object, "type") ?? "", data, fieldOf(recordAt(object, "metadata"), "annotations")),
  ];
}

function typeCauses(type: string, data: JsonRecord, annotations: unknown): FieldCause[] {
  if (type === "kubernetes.io/service-account-token") {
    return textOf(annotations, ACCOUNT) ? [] : [required(`metadata.annotations[${ACCOUNT}]`)];
  }
  if (type === "kubernetes.io/basic-auth") {
    const hasOne = Object.hasOwn(data, "username") || Object.hasOwn(data, "password");
    return hasOne ? [] : [required("data[username]"), required("data[password]")];
  }
  return (NEEDED_KEYS[type] ?? []).flatMap((key) => {
    if (!Object.hasOwn(data, key)) return [required(`data[${key}]`)];
    return JSON_KEYS.includes(key) ? jsonCauses(key, Buffer.from(String(data[key]), "base64").toString()) : [];
  });
}

function jsonCauses(key: string, text: string): FieldCause[] {
  if (isRecord(parseJson(text))) return [];
  const first = text.trimStart()[0];
  const fault =
    first === undefined
      ? "unexpected end of JSON input"
      : `invalid character '${first}' looking for beginning of value`;
  return [invalid(`data[${key}]`, "<secret contents redacted>", fault)];
}

function keyCauses(member: string, key: string): FieldCause[] {
  return configKeyFaults(key).map((fault) => invalid(`${member}[${key}]`, key, fault));
}

function frozenCauses(object: JsonRecord, old: JsonRecord, members: readonly string[]): FieldCause[] {
  if (old["immutable"] !== true) return [];
  const isSame = (member: string): boolean =>
    JSON.stringify(object[member] ?? {}) === JSON.stringify(old[member] ?? {});
  return [
    ...(object["immutable"] === true ? [] : [forbidden("immutable", FROZEN)]),
    ...members.filter((member) => !isSame(member)).map((member) => forbidden(member, FROZEN)),
  ];
}

function sizeOf(data: JsonRecord, encoding: "utf8" | "base64"): number {
  return Object.values(data).reduce((sum: number, value) => sum + Buffer.byteLength(String(value), encoding), 0);
}
