/** Where the embedded cluster shows something else than the real API server of the tests, and why that is well. */
export interface Divergence {
  readonly scenario: string;
  /** Its name, or what fits the names of all. */
  readonly step: string | RegExp;
  /** A sentence of `docs/embedded-cluster.md`. */
  readonly what: string;
  /** What is only in the text of the real server. */
  readonly real: RegExp | string;
  /** What is in the text of the embedded one instead. */
  readonly embedded: RegExp | string;
}

const PROTOBUF = "It does not answer in protobuf; clients that take JSON too get that.";
const DESCRIPTIONS = "Columns of tables have no descriptions, which no kubectl shows.";
const ORDER = "The members of a JSON object come in another order.";
const LOGS = "A pod without a node has no log, which is an error; a real server answers with nothing.";
const ANONYMOUS =
  "Who has no token is nobody (401); a real server may know an anonymous user, who may do little (403).";
const WATCH_PATHS = "The old paths below `/api/v1/watch/` are not there; watch with `?watch=true`.";
const TWICE = "A field that comes twice in a JSON object is not noticed; the last one counts.";
const DIFFERENCE =
  "Refused changes of a running pod say which fields may change, without the difference in Go's notation.";
const VERSION = "`kubectl version` shows `v1.37.2+informd`, and no compiler.";
const RIGHTS = "`kubectl auth can-i --list` shows that everything is allowed, and nothing beside.";

export const DIVERGENCES: readonly Divergence[] = [
  {
    scenario: "reading",
    step: "logs of a pod that does not run",
    what: LOGS,
    real: /exit code 0/g,
    embedded: /stderr: .* is waiting to start: ContainerCreating\nexit code 1/g,
  },
  {
    scenario: "patching",
    step: "a patch with a wrong type",
    what: ORDER,
    real: /Invalid value: ".*": json/g,
    embedded: /Invalid value: ".*": json/g,
  },
  {
    scenario: "patching",
    step: "a patch of a running pod",
    what: DIFFERENCE,
    real: /(?<=negative\)\n)@@[^]*?\n(?=\n)/g,
    embedded: /(?<=negative\)\n)(?=\n)/g,
  },
  {
    scenario: "commands",
    step: "the version",
    what: VERSION,
    real: /(?<=serverVersion:\n)[^]*/g,
    embedded: /(?<=serverVersion:\n)[^]*informd[^]*/g,
  },
  {
    scenario: "commands",
    step: "all rights",
    what: RIGHTS,
    real: /(?<=^\*\.\* .*\n)[^]*(?=exit)/gm,
    embedded: /(?<=^\*\.\* .*\n) *\[\*\] .*\n(?=exit)/gm,
  },
  {
    scenario: "http-reading",
    step: /.*/,
    what: PROTOBUF,
    real: /(?<=(accepted|representations): application\/json, application\/yaml), application\/vnd.kubernetes.protobuf/g,
    embedded: /(?<=(accepted|representations): application\/json, application\/yaml)(?=")/g,
  },
  {
    scenario: "http-reading",
    step: 'one object as "application/vnd.kubernetes.protobuf,application/json"',
    what: PROTOBUF,
    real: /application\/vnd.kubernetes.protobuf\nk8s[^]*/g,
    embedded: /application\/json\n\{[^]*/g,
  },
  {
    scenario: "http-reading",
    step: 'one object as "application/vnd.kubernetes.protobuf"',
    what: PROTOBUF,
    real: /200\n[^]*/g,
    embedded: /406\n[^]*/g,
  },
  {
    scenario: "http-reading",
    step: "a watch as YAML",
    what: PROTOBUF,
    real: /message: [^]*protobuf;stream=watch'/g,
    embedded: /message: .*/g,
  },
  {
    scenario: "http-writing",
    step: "a doubled key",
    what: TWICE,
    real: /400\n[^]*/g,
    embedded: /201\n[^]*/g,
  },
  {
    scenario: "http-writing",
    step: "a doubled key with a warning",
    what: TWICE,
    real: /(?<=json\n)warning: .*\n/g,
    embedded: /(?<=json\n)(?=\{)/g,
  },
  {
    scenario: "http-writing",
    step: "no token",
    what: ANONYMOUS,
    real: /403\n[^]*/g,
    embedded: /401\n[^]*/g,
  },
  {
    scenario: "http-reading",
    step: "a watch of one object by its path",
    what: WATCH_PATHS,
    real: /200\n[^]*/g,
    embedded: /404\n[^]*/g,
  },
  {
    scenario: "http-reading",
    step: /.*/,
    what: DESCRIPTIONS,
    real: /"description": ".+"/g,
    embedded: /"description": ""/g,
  },
];
