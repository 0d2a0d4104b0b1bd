/** Records that are one line: what stands behind the time and the handler's name. */
import { numberOf, textsOf } from "#kernel/json-value.ts";
import type { LogRecord } from "#observability/logger.ts";
import type { Paint } from "#observability/pretty-text.ts";
import { duration } from "./dev-style.ts";
import type { RecordContext } from "./record-context.ts";
import { fieldText } from "./record-line.ts";

/** `""`: the record is not shown. */
type Say = (record: LogRecord, paint: Paint, context: RecordContext) => string;

export const ONE_LINERS: ReadonlyMap<string, Say> = new Map<string, Say>([
  ["stopping", (_, paint) => paint("dim", "stopping")],
  ["stopped", () => ""],
  ["informer reading", () => ""],
  // "handlers loaded" or "handler removed" has said so.
  ["handlers awaited", () => ""],
  [
    "handlers loaded",
    ({ fields: { handlers, failed } }, paint) =>
      handlers === 0 && failed === 0
        ? `there is no handler yet: ${paint("bold", "informd new pod-added")} writes one`
        : "",
  ],
  ["ready", readiness],
  ["handler unchanged", () => "loads again, and is what runs already"],
  [
    "save without effect",
    (record, paint) => `${paint("cyan", fieldText(record, "file"))}  ${paint("dim", "saved, no change in what runs")}`,
  ],
  [
    "handler removed",
    (record) => {
      const forgotten = numberOf(record.fields, "forgotten") ?? 0;
      return forgotten === 0
        ? "removed"
        : `removed, with work for ${forgotten} ${forgotten === 1 ? "object" : "objects"}`;
    },
  ],
  [
    "handler id taken twice",
    (record, paint) =>
      `${paint("red", "is claimed twice")}, by ${textsOf(record.fields, "files").join(" and ")}: ${fieldText(record, "reason")}`,
  ],
  ["handler renamed", (record) => `goes on under this name, before: ${fieldText(record, "from")}`],
  [
    "handler failing",
    (record, paint, { again }) => heldBack(record, paint("red", "failing"), again ? "" : ": ten runs in a row failed"),
  ],
  [
    "handler quarantined",
    (record, paint, { again }) =>
      heldBack(record, paint("red", "quarantined"), again ? "" : ": its process died five times in a minute"),
  ],
  ["handler recovered", (_, paint) => paint("green", "recovered")],
  [
    "dead letter",
    (record, paint) =>
      `${paint("red", "given up")} ${fieldText(record, "key")}: ${attempts(record)}${record.fields["type"] === "deleted" ? "" : "; told again at its next change or the next save"}`,
  ],
  [
    "more type errors",
    (record, paint) => `${numberOf(record.fields, "count") ?? 0} more ${paint("yellow", "type errors")}`,
  ],
  ["types mended", (_, paint) => paint("green", "no type errors any more")],
  [
    "kind without types",
    (record, paint) =>
      `${fieldText(record, "resource")} has no types: ${paint("bold", fieldText(record, "command"))} writes them`,
  ],
  ["types not checked", (record) => `types are not checked: ${fieldText(record, "reason")}`],
  [
    "informer failed",
    (record, paint) => {
      if (!numberOf(record.fields, "retryInMs")) return "";
      return `${fieldText(record, "resource")}: ${paint("yellow", fieldText(record, "reason"))}; ${nextTry(record)}`;
    },
  ],
  [
    "API server unreachable",
    (record, paint) => `${paint("red", "API server unreachable")}: ${fieldText(record, "reason")}`,
  ],
  [
    "embedded cluster failed",
    (record, paint) => `${paint("red", "the embedded cluster failed")} at something: ${fieldText(record, "reason")}`,
  ],
  ["API server reachable", (_, paint) => paint("green", "API server reachable")],
]);

function readiness({ fields }: LogRecord, paint: Paint): string {
  const counts = [
    { count: numberOf(fields, "live") ?? 0, said: paint("green", "live") },
    { count: numberOf(fields, "degraded") ?? 0, said: paint("yellow", "waiting") },
    { count: numberOf(fields, "failed") ?? 0, said: paint("red", "not loaded") },
  ];
  const shown = counts.filter(({ count }, at) => at === 0 || count > 0);
  return `ready: ${shown.map(({ count, said }) => `${count} ${said}`).join(", ")}`;
}

function heldBack(record: LogRecord, state: string, why: string): string {
  return `${why === "" ? "still " : ""}${state}${why}; ${nextTry(record)}, or at the next save`;
}

function attempts({ fields }: LogRecord): string {
  const count = numberOf(fields, "attempts") ?? 1;
  return count === 1 ? "it failed for good" : `it failed ${count} times`;
}

function nextTry({ fields }: LogRecord): string {
  return `the next try is in ${duration(numberOf(fields, "retryInMs") ?? 0)}`;
}
