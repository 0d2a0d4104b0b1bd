import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import type { ApiResource } from "#resources/api-resource.ts";

/** A handler that names namespaces for what is in none would never start. @param resource what it watches, if that is known */
export function needlessNamespaces(
  { file, options }: Revision,
  resource: Pick<ApiResource, "namespaced"> | undefined,
): Problem[] {
  if (!options.namespaces || !resource || resource.namespaced) return [];
  const reason = `Cannot watch "${options.resource}" in namespaces: it is cluster-scoped. Remove the option "namespaces"`;
  return [problemOfFile(file, reason)];
}
