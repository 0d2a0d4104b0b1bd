import { StatusError } from "../../api-status.ts";

/** Somebody else was faster: normal, and over with the next attempt. */
export function isConflict(error: unknown): boolean {
  return error instanceof StatusError && error.status.reason === "Conflict";
}

/** The server does not take what was asked for. */
export function isRefusal(error: unknown): boolean {
  const reason = error instanceof StatusError ? error.status.reason : undefined;
  return reason === "Forbidden" || reason === "Invalid";
}

/** The namespace ends, and with it whatever should have been created there. */
export function isTerminating(error: unknown): boolean {
  const causes = error instanceof StatusError ? (error.status.details?.causes ?? []) : [];
  return causes.some(({ reason }) => reason === "NamespaceTerminating");
}

/** Why the server refuses to do this; `undefined` if it does not. What is no refusal is thrown. */
export function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof StatusError && isRefusal(error) && !isTerminating(error)) return error.message;
    throw error;
  }
}
