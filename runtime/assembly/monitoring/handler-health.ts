/** How each handler does, put together from those who know it. */
import type { Health } from "#dispatch/ports.ts";
import type { HandlerHealth, HandlerState } from "#observability/health/health-sources.ts";
import type { HandlerStatus } from "#supervisor/handler-status.ts";

/** @param refused and `broken`: reasons by handler; the latter also of handlers that never loaded */
export function handlerHealth(
  statuses: readonly HandlerStatus[],
  refused: ReadonlyMap<string, string>,
  broken: ReadonlyMap<string, string>,
): readonly HandlerHealth[] {
  const known = new Set(statuses.map(({ handler }) => handler));
  const neverLoaded = [...broken].filter(([handler]) => !known.has(handler));
  return [
    ...statuses.map((status) => healthOf(status, refused.get(status.handler), broken.get(status.handler))),
    ...neverLoaded.map(([handler, reason]) => ({ handler, states: ["broken" as const], reasons: { broken: reason } })),
  ].toSorted((a, b) => (a.handler < b.handler ? -1 : 1));
}

function healthOf(status: HandlerStatus, refused: string | undefined, broken: string | undefined): HandlerHealth {
  const { handler, serving, preparing, degraded, health } = status;
  const reasons: Partial<Record<HandlerState, string>> = {
    ...(degraded !== undefined && { degraded }),
    ...(refused !== undefined && { refused }),
    ...(broken !== undefined && { broken }),
    ...dispatchReasons(health),
  };
  const isStarting = !serving && preparing && degraded === undefined && refused === undefined;
  const states: HandlerState[] = [...(isStarting ? ["starting" as const] : []), ...(serving ? ["live" as const] : [])];
  return { handler, states: [...states, ...statesIn(reasons)], reasons };
}

function dispatchReasons(health: Health): Partial<Record<HandlerState, string>> {
  if (health.type === "healthy") return {};
  const next = `one is tried every now and then, the next in ${Math.ceil(health.retryInMs / 1000)} s`;
  const failing = `its runs fail one after the other: ${next}`;
  if (health.type === "failing") return { failing };
  return { ...(health.failing && { failing }), quarantined: `its process keeps dying under its runs: ${next}` };
}

function statesIn(reasons: Readonly<Partial<Record<HandlerState, string>>>): HandlerState[] {
  const states: HandlerState[] = ["degraded", "refused", "broken", "failing", "quarantined"];
  return states.filter((state) => reasons[state] !== undefined);
}
