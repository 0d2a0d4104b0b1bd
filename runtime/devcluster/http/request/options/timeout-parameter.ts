import { goQuoted } from "./go-quoted.ts";
import { badRequest } from "../request-errors.ts";

/**
 * Throws 400 for a `timeout` of the query that is no Go duration. Nothing else comes of it: everything that it limits
 * takes no time here.
 */
export function checkTimeout(timeout: string): void {
  if (timeout === "" || /^[-+]?0$/.test(timeout)) return;
  const reason = faultOf(timeout);
  if (reason !== undefined) throw badRequest(`invalid timeout specified in the request URL - time: ${reason}`);
}

const DURATION = /^[-+]?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;

function faultOf(text: string): string | undefined {
  if (DURATION.test(text)) return undefined;
  if (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return `missing unit in duration ${goQuoted(text)}`;
  const [, unit] = /^[-+]?(?:\d+\.?\d*|\.\d+)([^\d.]+)/.exec(text) ?? [];
  if (unit !== undefined) return `unknown unit ${goQuoted(unit)} in duration ${goQuoted(text)}`;
  return `invalid duration ${goQuoted(text)}`;
}
