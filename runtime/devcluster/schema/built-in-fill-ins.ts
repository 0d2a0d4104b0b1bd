import { textOf, type JsonRecord } from "#kernel/json-value.ts";

/** What the server fills in depending on what is there, by definition. Runs before the members are looked at. */
export const fillIns: Readonly<Record<string, (value: JsonRecord) => JsonRecord>> = {
  "core.v1.Container": withPullPolicy,
  "core.v1.EphemeralContainer": withPullPolicy,
};

/** `Always` for `:latest` or no tag, unless there is a digest. */
function withPullPolicy(container: JsonRecord): JsonRecord {
  const image = textOf(container, "image") ?? "";
  const tag = /:([\w.-]+)$/.exec(image)?.[1] ?? "latest";
  const imagePullPolicy = tag === "latest" && !image.includes("@") ? "Always" : "IfNotPresent";
  return { imagePullPolicy, ...container };
}
