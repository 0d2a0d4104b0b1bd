import { sleep } from "#kernel/clock.ts";
import type { Clock } from "#kernel/clock.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { ResourceCatalog, Resolution } from "#kubernetes/resource-catalog.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { Reachability } from "../reachability.ts";

export interface ResolveDeps {
  readonly clock: Clock;
  readonly catalog: ResourceCatalog;
  /** The API server's URL, for messages. */
  readonly server: string;
  readonly reachability: Reachability;
}

/** A kind that is unknown now may come with a CustomResourceDefinition. */
const ASK_AGAIN_MS = 5000;

/** Asks until the server has a resource of this name. Rejects only when the signal aborts. */
export async function resolveResource(
  { clock, catalog, server, reachability }: ResolveDeps,
  name: string,
  onProblem: (reason: string) => void,
  signal: AbortSignal,
): Promise<ApiResource> {
  const who = Symbol(name);
  try {
    for (;;) {
      const resolution = await catalog.resolve(name, signal);
      if (isUnreachable(resolution)) reachability.lost(who, resolution.failure.message);
      else reachability.back(who);
      if (resolution.type === "found") return resolution.resource;
      onProblem(reasonOf(resolution, name, server));
      await sleep(clock, ASK_AGAIN_MS, signal);
    }
  } finally {
    reachability.forget(who);
  }
}

function isUnreachable(resolution: Resolution): resolution is Extract<Resolution, { type: "failed" }> {
  return resolution.type === "failed" && resolution.failure.type === "unreachable";
}

function reasonOf(resolution: Exclude<Resolution, { type: "found" }>, name: string, server: string): string {
  switch (resolution.type) {
    case "unknown":
      return `Cannot watch "${name}": the cluster has no such kind. ${nearestHint(resolution.nearest)}It is asked for again every ${ASK_AGAIN_MS / 1000} s.`;
    case "ambiguous":
      return `Cannot watch "${name}": it could be ${resolution.candidates.map(quoted).join(" or ")}. Write one of these.`;
    case "failed":
      return describeFailure(resolution.failure, { server, action: `look "${name}" up` });
  }
}

function nearestHint(nearest: readonly string[]): string {
  return nearest.length === 0 ? "" : `Nearest: ${nearest.map(quoted).join(", ")}. `;
}

function quoted(name: string): string {
  return `"${name}"`;
}
