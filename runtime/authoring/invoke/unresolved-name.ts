import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { Resolution } from "#kubernetes/resource-catalog.ts";

export interface NamedByHandler {
  readonly handler: string;
  /** As the handler has it. */
  readonly name: string;
  /** The URL of the cluster that was asked. `undefined`: none was. */
  readonly server: string | undefined;
}

/** Why a handler cannot be invoked whose resource, or that of a lister, is not found; and what to do. */
export function unresolvedName(
  resolution: Exclude<Resolution, { type: "found" }>,
  { handler, name, server }: NamedByHandler,
): string {
  const action = `Cannot invoke "${handler}"`;
  switch (resolution.type) {
    case "failed":
      return describeFailure(resolution.failure, { server: server ?? "", action: `look "${name}" up` });
    case "ambiguous":
      return `${action}: "${name}" could be ${quoted(resolution.candidates, " or ")}. Write one of these in it.`;
    case "unknown": {
      const nearest = quoted(resolution.nearest, ", ");
      const next = server === undefined ? otherwise(name) : "Create its definition first";
      return `${action}: there is no kind "${name}". ${nearest === "" ? next : `Nearest: ${nearest}`}.`;
    }
  }
}

function otherwise(name: string): string {
  const [type = ""] = name.split(".");
  return `If it is a custom one, write it with its group, such as "${type}.example.com", or name a cluster that has it with --kubeconfig or --context`;
}

function quoted(names: readonly string[], between: string): string {
  return names.map((name) => `"${name}"`).join(between);
}
