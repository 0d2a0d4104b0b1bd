import assert from "node:assert/strict";
import { type ApiStatus, StatusError } from "#devcluster/api-status.ts";

/** What the server answers to a request that cannot be done. */
export function statusOf(request: () => unknown): ApiStatus {
  let result: unknown;
  try {
    result = request();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  return assert.fail(`it can be done: ${JSON.stringify(result)}`);
}
