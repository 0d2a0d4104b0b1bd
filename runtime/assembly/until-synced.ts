import type { FailureKind, ReflectorFailure } from "#informer/reflector/reflector-failure.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { scopeName } from "#informer/informer-scope.ts";

/** Resolves when the informer's cache is complete. Says why it is not yet. Rejects only when the signal aborts. */
export async function untilSynced(
  informer: SharedInformer,
  onProblem: (reason: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  const report = (): void => {
    const { state } = informer;
    if (state.type === "backing-off" && !informer.hasSynced)
      onProblem(reasonOf(state.lastFailure, scopeName(informer.scope)));
  };
  const forget = informer.onState(report);
  try {
    report();
    await Promise.race([informer.synced, aborted]);
  } finally {
    forget();
    signal.removeEventListener("abort", abort);
  }
}

function reasonOf({ during, kind, message }: ReflectorFailure, what: string): string {
  const verb = during === "watch" ? "watch" : "list";
  return `Cannot ${verb} ${what}: ${message.replace(/\.$/, "")}. ${NEXT_STEP[kind] ?? "It is tried again."}`;
}

const NEXT_STEP: Readonly<Partial<Record<FailureKind, string>>> = {
  forbidden: "Bind a role that allows list and watch on it; the handler starts by itself then.",
  unauthorized: "Check the credentials of the kubeconfig's context.",
  "not-found": "The kind may have been removed; the handler starts by itself when it is back.",
};
