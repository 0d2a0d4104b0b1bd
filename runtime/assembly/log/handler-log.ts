/** What becomes of handlers and of their runs, as log records. Messages are constant; docs/logs.md lists them. */
import type { DispatchObserver, Health, Outcome, Run, RunError, Verdict } from "#dispatch/ports.ts";
import { errorLine } from "#kernel/error-line.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import type { LogFields, Logger } from "#observability/logger.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { AUDIT } from "./audit-log.ts";

/** Handlers as a whole: loads, swaps, refusals. */
export function createHandlerLog(logger: Logger): SupervisorObserver {
  return {
    live: ({ handler, id, file, options, builtMs }, { afterMs, sinceSeenMs }) =>
      logger.info("handler live", {
        handler,
        revision: id,
        file,
        engine: options.engine,
        afterMs: Math.round(afterMs),
        buildMs: Math.round(builtMs),
        sinceSeenMs: Math.round(sinceSeenMs),
        ...AUDIT,
      }),
    degraded: (revision, reason, serving) => logger.warn("handler degraded", { ...nameOf(revision), reason, serving }),
    refused: (revision, error, serving) =>
      logger.error("handler refused", {
        ...nameOf(revision),
        ...error.at,
        ...errorFields(error),
        serving,
        ...AUDIT,
      }),
    processDied: () => {},
    removed: (handler, forgotten) => logger.info("handler removed", { handler, forgotten, ...AUDIT }),
    renamed: (from, to) => logger.info("handler renamed", { handler: to, from, ...AUDIT }),
    confirmed: (revision) => logger.info("handler unchanged", nameOf(revision)),
    buildFailed: ({ file, handlers, problems }) => logBuildFailure(logger, file, handlers, problems),
    conflict: ({ handler, files }) =>
      logger.error("handler id taken twice", {
        handler,
        files,
        reason: "rename one of the files, or give its handler a name",
        ...AUDIT,
      }),
    warned: (file, { line, column, reason }) => logger.warn("handler warning", { file, line, column, reason }),
  };
}

function nameOf({ handler, id }: Revision): LogFields {
  return { handler, revision: id };
}

/** One record per broken save: the first problem at its place, and how many there are. */
function logBuildFailure(
  logger: Logger,
  file: string,
  handlers: readonly string[],
  problems: readonly Problem[],
): void {
  const [first, ...others] = problems;
  const handler = handlers[0] ?? file.replace(/\.[^.]+$/, "");
  logger.error("build failed", {
    handler,
    file: first?.file ?? file,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    reason: first?.reason ?? "unknown",
    ...(others.length > 0 && { others: others.map((one) => `${one.file}:${one.line}:${one.column} ${one.reason}`) }),
    serving: handlers.length > 0,
    ...(first && first.frame !== "" && { frame: first.frame }),
    ...AUDIT,
  });
}

export interface RunLogOptions {
  /** Runs that failed are always told; for people who look on also those that went well, or every step. */
  readonly runLog: "failures" | "ends" | "everything";
}

/** The runs of one handler. `handler` gives its present id. */
export function createRunLog(logger: Logger, handler: () => string, { runLog }: RunLogOptions): DispatchObserver {
  let isHealthy = true;
  return {
    started(run) {
      if (runLog === "everything") logger.debug("handler started", runFields(handler(), run));
    },
    ended(run, outcome, verdict, durationMs) {
      const end = { run, outcome, verdict, durationMs };
      if ("error" in outcome) return logFailedRun(logger, handler(), end, outcome, runLog !== "failures");
      if (runLog === "failures" || (runLog === "ends" && outcome.type !== "done")) return;
      logger.debug(ENDS[outcome.type], endFields(handler(), end));
    },
    finishedSilently: () => {},
    deadLetter: ({ event, key, error, attempts }) =>
      logger.error("dead letter", {
        handler: handler(),
        event: event.id,
        type: event.type,
        key,
        attempts,
        ...errorFields(error),
      }),
    healthChanged(health) {
      if (health.type === "healthy" && isHealthy) return;
      isHealthy = health.type === "healthy";
      logHealth(logger, handler(), health);
    },
    forgotten({ key }, total) {
      if (total === 1)
        logger.warn("objects forgotten", {
          handler: handler(),
          key,
          reason: "too many objects came and went while the handler was busy",
        });
    },
  };
}

function logHealth(logger: Logger, handler: string, health: Health): void {
  switch (health.type) {
    case "healthy":
      return logger.info("handler recovered", { handler });
    case "failing":
      return logger.error("handler failing", { handler, retryInMs: Math.round(health.retryInMs) });
    case "quarantined":
      return logger.error("handler quarantined", { handler, retryInMs: Math.round(health.retryInMs) });
  }
}

interface RunEnd {
  readonly run: Run;
  readonly verdict: Verdict;
  readonly durationMs: number;
}

type FailedOutcome = Extract<Outcome, { readonly error: RunError }>;

const ENDS = {
  done: "handler done",
  skipped: "handler skipped",
  innocent: "handler interrupted",
} as const;

const FAILURES = {
  failed: "handler failed",
  permanent: "handler failed",
  timedOut: "handler timed out",
  crashed: "handler crashed",
} as const;

function logFailedRun(
  logger: Logger,
  handler: string,
  end: RunEnd,
  { type, error }: FailedOutcome,
  showsSource: boolean,
): void {
  const { verdict } = end;
  const next = verdict.type === "retry" ? { retryInMs: Math.round(verdict.inMs) } : {};
  const frame = showsSource && error.frame !== undefined ? { frame: error.frame } : {};
  logger.warn(FAILURES[type], { ...endFields(handler, end), ...errorFields(error), ...next, ...error.at, ...frame });
}

function endFields(handler: string, { run, durationMs }: RunEnd): LogFields {
  return { ...runFields(handler, run), durationMs: Math.round(durationMs) };
}

function runFields(handler: string, { delivery }: Run): LogFields {
  const { id, type, cause, attempt, object } = delivery;
  return { handler, event: id, type, cause, key: object.key, attempt };
}

function errorFields(error: Pick<RunError, "name" | "message" | "stack">): LogFields {
  return { reason: errorLine(error), stack: error.stack };
}
