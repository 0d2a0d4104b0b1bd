import type { Registry } from "prom-client";
import { HANDLER_STATES } from "../health/health-sources.ts";
import type { HandlerBacklog, MetricSources } from "./metric-sources.ts";
import { addScrapedCounter, addScrapedGauge } from "./scraped.ts";

/** How handlers stand when somebody scrapes. */
export function addHandlerGauges(
  registry: Registry,
  sources: Pick<MetricSources, "backlogs" | "health" | "ownMetricDrops">,
): void {
  for (const [name, { help, of }] of Object.entries(BACKLOG)) {
    addScrapedGauge(registry, { name, help, labels: ["handler"] }, () =>
      sources.backlogs().map((backlog) => ({ labels: { handler: backlog.handler }, value: of(backlog) })),
    );
  }
  addScrapedGauge(
    registry,
    {
      name: "informd_handler_state",
      help: "1 for each state that the handler is in, else 0. A handler that serves can be degraded, refused or broken for what is newer.",
      labels: ["handler", "state"],
    },
    () =>
      sources
        .health()
        .flatMap(({ handler, states }) =>
          HANDLER_STATES.map((state) => ({ labels: { handler, state }, value: states.includes(state) ? 1 : 0 })),
        ),
  );
  addScrapedCounter(
    registry,
    {
      name: "informd_handler_metric_drops_total",
      help: "Samples of the handler's own metrics that were refused because it has too many series.",
      labels: ["handler"],
    },
    () => sources.ownMetricDrops().map(({ handler, drops }) => ({ labels: { handler }, value: drops })),
  );
}

const BACKLOG: Readonly<Record<string, { readonly help: string; readonly of: (backlog: HandlerBacklog) => number }>> = {
  informd_handler_queue_depth: { help: "Objects whose next run is due and has not begun.", of: ({ queued }) => queued },
  informd_handler_waiting: { help: "Objects that wait for a retry or a requeue.", of: ({ waiting }) => waiting },
  informd_handler_in_flight: { help: "Runs that have begun and not ended.", of: ({ running }) => running },
  informd_handler_parked: {
    help: "Objects whose last event is a dead letter; they go on when they change.",
    of: ({ parked }) => parked,
  },
};
