/** A host that does what a sandbox asks of `fetch` with Node's own, without any check. */
import type { Capabilities } from "#sandbox/sandbox.ts";

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: [string, string][];
  readonly body?: string;
  readonly redirect: "follow" | "error" | "manual";
}

export const fetchingHost: Capabilities["call"] = async (method, [request], _event, signal) => {
  if (method !== "fetch") throw new Error(`unexpected ${method}`);
  const { url, body, ...init } = request as Asked;
  try {
    const response = await fetch(url, {
      ...init,
      signal,
      ...(body !== undefined && { body: Buffer.from(body, "base64") }),
    });
    const { status, statusText, redirected, headers } = response;
    const content = Buffer.from(await response.arrayBuffer()).toString("base64");
    return JSON.stringify({
      url: response.url,
      redirected,
      status,
      statusText,
      headers: [...headers],
      body: content,
    });
  } catch (error) {
    throw toFailure(error);
  }
};

/** As the broker throws it. */
function toFailure(error: unknown): Error {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return Object.assign(new TypeError(`Cannot fetch: ${cause?.message}`), { code: cause?.code ?? "FETCH_FAILED" });
}
