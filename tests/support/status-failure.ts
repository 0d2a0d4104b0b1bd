import { StatusError } from "#devcluster/api-status.ts";

/** The code and the message of the `StatusError` that is thrown. */
export function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return `${error.status.code} ${error.message}`;
    throw error;
  }
  return "no failure";
}
