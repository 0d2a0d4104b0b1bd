/** What came of one run of a handler, for people: as `dev` shows a run, and what it wrote in full. */
import type { Invocation, InvokeResult } from "#authoring/invoke/invoke-request.ts";
import { errorLine } from "#kernel/error-line.ts";
import type { LogFields, LogRecord } from "#observability/logger.ts";
import type { OwnMetric } from "#observability/metrics/own-metrics.ts";
import { formatBlock, printable } from "#observability/pretty-text.ts";
import { type DevStyle, duration } from "../dev/dev-style.ts";
import { errorText } from "../dev/error-text.ts";
import { INDENT } from "../dev/record-line.ts";
import { runText } from "../dev/run-text.ts";

type Outcome = Invocation["outcome"];
type Problems = Extract<InvokeResult, { type: "notLoaded" }>["problems"];

export function invocationText(invocation: Invocation, now: number, style: DevStyle): string {
  const { logs, writes, writesAre, metrics, doubts, outcome } = invocation;
  const doubt = doubts.map(
    (one) => `${INDENT}${style.paint("yellow", "informd would not tell it this event")}: ${one}\n`,
  );
  return [
    style.fit(runText(endRecord(invocation, now), logs, style, false)),
    nextText(outcome, style),
    ...(writes.length === 0 ? [] : [`${INDENT}${style.paint("magenta", WRITES[writesAre])}\n`]),
    ...writes.map(writeText),
    ...(metrics.length === 0 ? [] : [`${INDENT}${style.paint("magenta", "measured:")}\n`]),
    ...metrics.flatMap(metricLines).map(style.fit),
    ...doubt.map(style.fit),
  ].join("");
}

export function problemsText(problems: Problems, style: DevStyle): string {
  return problems.map((problem) => style.fit(errorText({ ...problem }, style, ""))).join("");
}

/** As the runtime would log the end of the run. */
function endRecord({ handler, event, outcome, durationMs }: Invocation, time: number): LogRecord {
  const { key, type } = event;
  const run = { handler, cause: "live", key, type, durationMs: Math.round(durationMs) };
  const fields = "error" in outcome ? errorFields(outcome.error) : {};
  return { time, level: "info", msg: `handler ${OUTCOMES[outcome.type]}`, fields: { ...run, ...fields } };
}

function errorFields(error: Extract<Outcome, { readonly error: object }>["error"]): LogFields {
  const { message: _message, at, ...others } = error;
  return { reason: errorLine(error), ...others, ...at };
}

const OUTCOMES: Readonly<Record<Outcome["type"], string>> = {
  done: "done",
  skipped: "skipped",
  innocent: "interrupted",
  failed: "failed",
  permanent: "failed",
  timedOut: "timed out",
  crashed: "crashed",
};

const WRITES: Readonly<Record<Invocation["writesAre"], string>> = {
  notSent: "would write (nothing is sent without a cluster):",
  dryRun: "would write (the API server accepts it, and keeps nothing of it without --live):",
  kept: "wrote:",
};

function nextText(outcome: Outcome, { paint }: DevStyle): string {
  const text = (said: string): string => `${INDENT}${paint("dim", said)}\n`;
  switch (outcome.type) {
    case "done":
      return outcome.requeueAfterMs === undefined
        ? ""
        : text(`wants to run again in ${duration(outcome.requeueAfterMs)}`);
    case "failed":
      return outcome.retryAfterMs === undefined
        ? ""
        : text(`wants to be tried again in ${duration(outcome.retryAfterMs)}`);
    case "permanent":
      return text("would be a dead letter at once");
    case "skipped":
      return text("its `when` was false: the handler did not run");
    case "innocent":
    case "timedOut":
    case "crashed":
      return "";
  }
}

function writeText({ action, body }: Invocation["writes"][number]): string {
  const detail = body === undefined ? "" : formatBlock(JSON.stringify(body, undefined, 2), `${INDENT}  `);
  return `${INDENT}${printable(action)}\n${detail}`;
}

/** As Prometheus writes it, a histogram in one line. */
function metricLines({ name, series }: OwnMetric): readonly string[] {
  return series.map(({ labels, value, distribution }) => {
    const pairs = labels.map(([label, text]) => `${label}=${JSON.stringify(text)}`).join(",");
    const measured = distribution ? `${distribution.count} observed, their sum ${value}` : String(value);
    return `${INDENT}${name}${pairs === "" ? "" : `{${printable(pairs)}}`} ${measured}\n`;
  });
}
