import type { FailureKind, ReflectorFailure } from "#informer/reflector/reflector-failure.ts";
import type { ReflectorState } from "#informer/reflector/reflector-state.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { scopeName } from "#informer/informer-scope.ts";

/**
 * Resolves when the informer's cache is complete and may be kept so: with the right to list alone it would be filled, and
 * nothing would ever happen. Says why it is not yet. Rejects only when the signal aborts. */
export async function untilSynced(
  informer: SharedInformer,
  onProblem: (reason: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  const { promise: usable, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    const { state, hasSynced } = informer;
    const problem = hasSynced ? watchForbidden(state) : failureOf(state);
    if (problem) onProblem(reasonOf(problem, scopeName(informer.scope)));
    else if (hasSynced) resolve();
  };
  const forget = informer.onState(look);
  try {
    look();
    await Promise.race([informer.synced, aborted]);
    look();
    await Promise.race([usable, aborted]);
  } finally {
    forget();
    signal.removeEventListener("abort", abort);
  }
}

function failureOf(state: ReflectorState): ReflectorFailure | undefined {
  return state.type === "backing-off" ? state.lastFailure : undefined;
}

function watchForbidden({ type, lastFailure }: ReflectorState): ReflectorFailure | undefined {
  return type !== "watching" && lastFailure && isWatchForbidden(lastFailure) ? lastFailure : undefined;
}

function isWatchForbidden({ during, kind }: ReflectorFailure): boolean {
  return kind === "forbidden" && (during === "watch" || during === "watch-list");
}

function reasonOf(failure: ReflectorFailure, what: string): string {
  const { during, kind, message } = failure;
  const verb = during === "watch" || isWatchForbidden(failure) ? "watch" : "list";
  return `Cannot ${verb} ${what}: ${message.replace(/\.$/, "")}. ${NEXT_STEP[kind] ?? "It is tried again."}`;
}

const NEXT_STEP: Readonly<Partial<Record<FailureKind, string>>> = {
  forbidden: "Bind a role that allows list and watch on it; what waits for it goes on by itself then.",
  unauthorized: "Check the credentials of the kubeconfig's context.",
  "not-found": "The kind may have been removed; what waits for it goes on by itself when it is back.",
};
