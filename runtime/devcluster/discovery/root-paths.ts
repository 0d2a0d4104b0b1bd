import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiGroup } from "./api-groups.ts";
import { pathOf } from "./openapi-v3.ts";

const OTHER_PATHS = ["/api", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"];

/** What `/` answers. */
export function rootPaths(groups: readonly ApiGroup[]): JsonRecord {
  const paths = groups.flatMap(({ name, versions }) => [
    ...(name === "" ? [] : [`/apis/${name}`]),
    ...versions.map((version) => `/${pathOf(version)}`),
  ]);
  return { paths: [...OTHER_PATHS, ...paths].sort() };
}
