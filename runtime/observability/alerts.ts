/**
 * The alerts on informd's metrics, as data: one rule for each way in which it does not do its work and somebody has to look.
 * docs/operations.md says for each what it means, what to check and what to do; Prometheus evaluates them.
 */

export interface AlertRule {
  /** UpperCamelCase. */
  readonly name: string;
  /** PromQL. Each series that it yields is one alert. */
  readonly expr: string;
  /** How long it must hold before anybody is told. */
  readonly for: string;
  /** `critical`: informd as a whole does not work, or something was lost. */
  readonly severity: "warning" | "critical";
  /** Templates: `{{ $labels.handler }}`. */
  readonly summary: string;
  readonly description: string;
}

export const ALERTS: readonly AlertRule[] = [
  {
    name: "InformdAbsent",
    expr: "absent(informd_build_info)",
    for: "5m",
    severity: "critical",
    summary: "informd is not there",
    description:
      "Prometheus finds no informd: it does not run, or its metrics are not reached. No handler is told anything.",
  },
  {
    name: "InformdNotReady",
    expr: "informd_ready == 0",
    for: "5m",
    severity: "critical",
    summary: "informd does not become ready",
    description:
      "For five minutes a handler has neither become live nor been known to be degraded, or the handlers themselves cannot be read. /readyz says which one, and why.",
  },
  {
    name: "InformdNoHandlers",
    expr: "informd_handlers == 0 and informd_ready == 1",
    for: "10m",
    severity: "critical",
    summary: "informd has no handlers",
    description: "It is well, and does nothing: where its handlers should come from, there are none.",
  },
  {
    name: "InformdApiServerUnreachable",
    expr: "informd_api_server_reachable == 0",
    for: "2m",
    severity: "critical",
    summary: "informd does not reach the API server",
    description:
      "Handlers are told of what changes now only when the API server answers again. Nothing is lost meanwhile.",
  },
  {
    name: "InformdInformerNotSynced",
    expr: "informd_informer_synced == 0",
    for: "10m",
    severity: "warning",
    summary: "The cache of {{ $labels.resource }} does not follow the API server",
    description:
      "Handlers of {{ $labels.resource }} see old objects and are told nothing new: a right may have been taken away, or the kind.",
  },
  {
    name: "InformdRelistStorm",
    expr: "increase(informd_informer_relists_total[15m]) > 5",
    for: "0m",
    severity: "warning",
    summary: "{{ $labels.resource }} are read as a whole again and again",
    description:
      "{{ $value | humanize }} times in 15 minutes every object of {{ $labels.resource }} was read anew: watches do not hold. That is load for the API server, and delay for handlers.",
  },
  {
    name: "InformdHandlerDegraded",
    expr: 'informd_handler_state{state="degraded"} == 1',
    for: "5m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} waits for its caches",
    description:
      "A kind that it watches does not exist, or a right is missing. /readyz and the log record `handler degraded` name it; it starts by itself.",
  },
  {
    name: "InformdHandlerBroken",
    expr: 'informd_handler_state{state="broken"} == 1',
    for: "5m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} does not load",
    description:
      "Its last save does not build, or has an option that is refused. If an older revision was live, it goes on.",
  },
  {
    name: "InformdHandlerRefused",
    expr: 'informd_handler_state{state="refused"} == 1',
    for: "5m",
    severity: "warning",
    summary: "The process of handler {{ $labels.handler }} does not come up",
    description:
      "It loaded when it was checked, and fails now when it is to serve. It is tried again every few minutes.",
  },
  {
    name: "InformdHandlerFailing",
    expr: 'informd_handler_state{state="failing"} == 1',
    for: "5m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} fails whatever it is told",
    description:
      "Its runs failed one after the other, so that one event is tried at a time. The others wait and are not lost.",
  },
  {
    name: "InformdHandlerQuarantined",
    expr: 'informd_handler_state{state="quarantined"} == 1',
    for: "1m",
    severity: "warning",
    summary: "The process of handler {{ $labels.handler }} keeps dying",
    description: "It died five times within a minute, so that it is started again at growing waits. Its events wait.",
  },
  {
    name: "InformdHandlerDeadLetters",
    expr: "increase(informd_handler_dead_letters_total[10m]) > 0",
    for: "0m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} has given events up",
    description:
      "{{ $value | humanize }} events in ten minutes used up their attempts or failed for good. They are not tried again until their objects change.",
  },
  {
    name: "InformdHandlerLagging",
    expr: "histogram_quantile(0.95, rate(informd_handler_lag_seconds_bucket[10m])) > 60",
    for: "10m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} is {{ $value | humanizeDuration }} behind",
    description: "One event in twenty waited that long before its run began: more comes than the handler works off.",
  },
  {
    name: "InformdHandlerForgetsObjects",
    expr: "increase(informd_handler_objects_forgotten_total[15m]) > 0",
    for: "0m",
    severity: "critical",
    summary: "Handler {{ $labels.handler }} was never told of some objects",
    description:
      "More than 10,000 objects came and went while it was busy or failing. The oldest of them, {{ $value | humanize }} in 15 minutes, are not told any more.",
  },
  {
    name: "InformdSandboxRestarting",
    expr: "increase(informd_sandbox_restarts_total[1h]) > 5",
    for: "0m",
    severity: "warning",
    summary: "The process of handler {{ $labels.handler }} died {{ $value | humanize }} times in an hour",
    description: "Reason: {{ $labels.reason }}. Each time what ran in it was tried again.",
  },
  {
    name: "InformdSandboxMemoryNearLimit",
    expr: "informd_sandbox_memory_bytes / informd_sandbox_memory_limit_bytes > 0.9",
    for: "10m",
    severity: "warning",
    summary: "Handler {{ $labels.handler }} uses {{ $value | humanizePercentage }} of its memory",
    description: "At its limit the process is ended, and what runs in it is tried again in a new one.",
  },
];

/** As a file of rules and a PrometheusRule have it, under `groups`. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly PrometheusAlert[];
}

export interface PrometheusAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly description: string };
}

/** Labels that Prometheus gives to what it reads of one runtime, to their values. */
export type SeriesSelector = Readonly<Record<string, string>>;

/**
 * All alerts, as Prometheus takes them.
 * @param selector the runtime that the rules are about. Without one it is whichever there is, and one that goes away is
 *   not missed while another is there.
 */
export function alertGroups(selector: SeriesSelector = {}): readonly AlertGroup[] {
  const rules = ALERTS.map(({ name, expr, for: duration, severity, summary, description }) => ({
    alert: name,
    expr: selecting(expr, selector),
    ...(duration !== "0m" && { for: duration }),
    labels: { severity },
    annotations: { summary, description: `${description} See ${runbookOf(name)}.` },
  }));
  return [{ name: "informd", rules }];
}

const SERIES = /\b(?<metric>informd_[a-z_]+)(?:\{(?<matchers>[^}]*)\})?/g;

function selecting(expr: string, selector: SeriesSelector): string {
  const added = Object.entries(selector).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  if (added.length === 0) return expr;
  return expr.replaceAll(SERIES, (_, metric: string, matchers?: string) => {
    return `${metric}{${[...added, ...(matchers === undefined ? [] : [matchers])].join(",")}}`;
  });
}

/** Where it is said what to do: the heading of the alert in docs/operations.md. */
export function runbookOf(alert: string): string {
  return `docs/operations.md#${alert.toLowerCase()}`;
}
