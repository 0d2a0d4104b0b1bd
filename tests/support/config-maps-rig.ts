import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { ApiServerRig, type ServerAnswer } from "./api-server-rig.ts";

export const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";
export const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

/** A server with ConfigMaps of these names, which has forgotten how they came. */
export async function rigWith(...names: readonly string[]): Promise<ApiServerRig> {
  const rig = await ApiServerRig.start();
  for (const name of names) {
    await rig.ask(CONFIG_MAPS, { method: "POST", body: JSON.stringify({ metadata: { name }, data: { a: "b" } }) });
  }
  rig.operations.calls.length = 0;
  return rig;
}

export function parsed({ text }: ServerAnswer): JsonRecord {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
}
