/** What becomes of handlers and of their runs, as log records. Messages are constant; docs/logs.md lists them. */
import type { DispatchObserver, Health, Outcome, Run, RunError, Verdict } from "#dispatch/ports.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import type { LogFields, Logger } from "#observability/logger.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

/** Handlers as a whole: loads, swaps, refusals. */
export function createHandlerLog(logger: Logger): SupervisorObserver {
  return {
    live: ({ handler, id }, afterMs) =>
      logger.info("handler live", { handler, revision: id, afterMs: Math.round(afterMs) }),
    degraded: (revision, reason, serving) => logger.warn("handler degraded", { ...nameOf(revision), reason, serving }),
    refused: (revision, { name, message, stack, at }, serving) =>
      logger.error("handler refused", { ...nameOf(revision), ...at, reason: `${name}: ${message}`, stack, serving }),
    processDied: () => {},
    removed: (handler, forgotten) => logger.info("handler removed", { handler, forgotten }),
    renamed: (from, to) => logger.info("handler renamed", { handler: to, from }),
    confirmed: (revision) => logger.info("handler unchanged", nameOf(revision)),
    buildFailed: ({ file, handlers, problems }) => logBuildFailure(logger, file, handlers, problems),
    conflict: ({ handler, files }) =>
      logger.error("handler id taken twice", {
        handler,
        files,
        reason: "rename one of the files, or give its handler a name",
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
    frame: first?.frame ?? "",
  });
}

export interface RunLogOptions {
  /** Runs that went well are told too: for people who look on. */
  readonly tellsDone: boolean;
}

/** The runs of one handler. `handler` gives its present id. */
export function createRunLog(logger: Logger, handler: () => string, { tellsDone }: RunLogOptions): DispatchObserver {
  let isHealthy = true;
  return {
    started: () => {},
    ended(run, outcome, verdict, durationMs) {
      const end = { run, outcome, verdict, durationMs };
      if ("error" in outcome) logFailedRun(logger, handler(), end, outcome);
      else if (tellsDone && outcome.type === "done") logger.debug("handler done", endFields(handler(), end));
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

const FAILURES = {
  failed: "handler failed",
  permanent: "handler failed",
  timedOut: "handler timed out",
  crashed: "handler crashed",
} as const;

function logFailedRun(logger: Logger, handler: string, end: RunEnd, { type, error }: FailedOutcome): void {
  const { verdict } = end;
  const next = verdict.type === "retry" ? { retryInMs: Math.round(verdict.inMs) } : {};
  logger.warn(FAILURES[type], { ...endFields(handler, end), ...errorFields(error), ...next });
}

function endFields(handler: string, { run, durationMs }: RunEnd): LogFields {
  const { id, type, cause, attempt, object } = run.delivery;
  return { handler, event: id, type, cause, key: object.key, attempt, durationMs: Math.round(durationMs) };
}

function errorFields({ name, message, stack }: RunError): LogFields {
  return { reason: `${name}: ${message}`, stack };
}
