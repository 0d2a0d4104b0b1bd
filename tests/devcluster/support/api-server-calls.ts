import { readFileSync } from "node:fs";
import { request } from "node:https";
import { buffer } from "node:stream/consumers";
import type { KubeApiServer } from "../../support/kube-api-server.ts";

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A request of the administrator to a real API server, without any client between. */
export function callApiServer(
  server: KubeApiServer,
  path: string,
  {
    method = "GET",
    headers = {},
    body = "",
  }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<RawAnswer> {
  const options = {
    method,
    ca: readFileSync(server.caFile),
    // Node leaves the length of a DELETE's body out.
    headers: { authorization: `Bearer ${server.token}`, "content-length": Buffer.byteLength(body), ...headers },
  };
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, server.url), options, (response) => {
      const contentType = response.headers["content-type"] ?? "";
      buffer(response).then((bytes) => resolve({ status: response.statusCode ?? 0, contentType, body: bytes }), reject);
    });
    call.on("error", reject).end(body);
  });
}

/** The JSON at a path. */
export async function jsonAt(server: KubeApiServer, path: string, accept = "application/json"): Promise<unknown> {
  const { body } = await callApiServer(server, path, { headers: { accept } });
  return JSON.parse(body.toString());
}
