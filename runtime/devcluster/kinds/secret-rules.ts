import { isRecord } from "#kernel/json-value.ts";
import { withMembers, type ApiObject } from "../api-object.ts";
import type { KindRules } from "./kind-rules.ts";

export const secretRules: KindRules = {
  prepareCreate: (secret) => typed(encoded(secret)),
  prepareUpdate: (secret) => typed(encoded(secret)),
};

/** `stringData` is for writing only: it becomes `data`. */
function encoded(secret: ApiObject): ApiObject {
  const { stringData, data } = secret;
  if (!isRecord(stringData)) return secret;
  const written = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(typeof text === "string" ? text : "").toString("base64"),
  ]);
  const all = { ...(isRecord(data) ? data : {}), ...Object.fromEntries(written) };
  return withMembers(secret, { stringData: undefined, data: written.length > 0 ? all : data });
}

function typed(secret: ApiObject): ApiObject {
  return secret["type"] === undefined || secret["type"] === "" ? { ...secret, type: "Opaque" } : secret;
}
