/** For each alert what has to happen for somebody to be told, and what they are told. */

export interface AlertScenario {
  readonly alert: string;
  /** Series to their values minute by minute, as promtool's unit tests write them. */
  readonly when: Readonly<Record<string, string>>;
  /** It is told at this time, and not a minute before. */
  readonly at: string;
  readonly before: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

const HANDLER = { handler: "pod-added" };
/** Of all namespaces: to Prometheus an empty label is none. */
const MAPS = { resource: "configmaps" };

/** A handler that comes into a state and stays there. */
function inState(state: string): Readonly<Record<string, string>> {
  return { [`informd_handler_state{handler="pod-added",state="${state}"}`]: "0 1x60" };
}

export const ALERT_SCENARIOS: readonly AlertScenario[] = [
  {
    alert: "InformdAbsent",
    when: { 'informd_build_info{version="1",node="26"}': "1x4 stale" },
    before: "9m",
    at: "10m",
    labels: {},
    summary: "informd is not there",
  },
  {
    alert: "InformdNotReady",
    when: { informd_ready: "0x60" },
    before: "4m",
    at: "5m",
    labels: {},
    summary: "informd does not become ready",
  },
  {
    alert: "InformdNoHandlers",
    when: { informd_handlers: "1 0x60", informd_ready: "1x61" },
    before: "10m",
    at: "11m",
    labels: {},
    summary: "informd has no handlers",
  },
  {
    alert: "InformdApiServerUnreachable",
    when: { informd_api_server_reachable: "1 0x60" },
    before: "2m",
    at: "3m",
    labels: {},
    summary: "informd does not reach the API server",
  },
  {
    alert: "InformdInformerNotSynced",
    when: { 'informd_informer_synced{resource="configmaps",namespace=""}': "1 0x60" },
    before: "10m",
    at: "11m",
    labels: MAPS,
    summary: "The cache of configmaps does not follow the API server",
  },
  {
    alert: "InformdRelistStorm",
    when: { 'informd_informer_relists_total{resource="configmaps",namespace=""}': "0x20 0+1x60" },
    before: "23m",
    at: "28m",
    labels: MAPS,
    summary: "configmaps are read as a whole again and again",
  },
  {
    alert: "InformdHandlerDegraded",
    when: inState("degraded"),
    before: "5m",
    at: "6m",
    labels: { ...HANDLER, state: "degraded" },
    summary: "Handler pod-added waits for its caches",
  },
  {
    alert: "InformdHandlerBroken",
    when: inState("broken"),
    before: "5m",
    at: "6m",
    labels: { ...HANDLER, state: "broken" },
    summary: "Handler pod-added does not load",
  },
  {
    alert: "InformdHandlerRefused",
    when: inState("refused"),
    before: "5m",
    at: "6m",
    labels: { ...HANDLER, state: "refused" },
    summary: "The process of handler pod-added does not come up",
  },
  {
    alert: "InformdHandlerFailing",
    when: inState("failing"),
    before: "5m",
    at: "6m",
    labels: { ...HANDLER, state: "failing" },
    summary: "Handler pod-added fails whatever it is told",
  },
  {
    alert: "InformdHandlerQuarantined",
    when: inState("quarantined"),
    before: "1m",
    at: "2m",
    labels: { ...HANDLER, state: "quarantined" },
    summary: "The process of handler pod-added keeps dying",
  },
  {
    alert: "InformdHandlerDeadLetters",
    when: { 'informd_handler_dead_letters_total{handler="pod-added"}': "0x3 1x60" },
    before: "3m",
    at: "4m",
    labels: HANDLER,
    summary: "Handler pod-added has given events up",
  },
  {
    alert: "InformdHandlerLagging",
    // Ten runs a minute, each of which began between one minute and five after its change.
    when: {
      'informd_handler_lag_seconds_bucket{handler="pod-added",le="60"}': "0x60",
      'informd_handler_lag_seconds_bucket{handler="pod-added",le="300"}': "0+10x60",
      'informd_handler_lag_seconds_bucket{handler="pod-added",le="+Inf"}': "0+10x60",
    },
    before: "10m",
    at: "11m",
    labels: HANDLER,
    summary: "Handler pod-added is 4m 48s behind",
  },
  {
    alert: "InformdHandlerForgetsObjects",
    when: { 'informd_handler_objects_forgotten_total{handler="pod-added"}': "0x3 1x60" },
    before: "3m",
    at: "4m",
    labels: HANDLER,
    summary: "Handler pod-added was never told of some objects",
  },
  {
    alert: "InformdSandboxRestarting",
    when: { 'informd_sandbox_restarts_total{handler="pod-added",reason="out_of_memory"}': "0+0.2x60" },
    before: "20m",
    at: "30m",
    labels: { ...HANDLER, reason: "out_of_memory" },
    summary: "The process of handler pod-added died 6 times in an hour",
  },
  {
    alert: "InformdSandboxMemoryNearLimit",
    when: {
      'informd_sandbox_memory_bytes{handler="pod-added"}': "50 95x60",
      'informd_sandbox_memory_limit_bytes{handler="pod-added"}': "100x60",
    },
    before: "10m",
    at: "11m",
    labels: HANDLER,
    summary: "Handler pod-added uses 95% of its memory",
  },
];
