import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { text as readText } from "node:stream/consumers";
import { parseJson } from "#kernel/json-value.ts";
import type { KubeApiServer } from "./kube-api-server.ts";

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly code: number;
  readonly auditId: string;
  readonly warnings: readonly string[];
  readonly body: unknown;
}

/** Asks a real API server as its administrator, over one connection a question at a time. */
export function askApiServer(server: KubeApiServer): (question: Question) => Promise<Answer> {
  const ca = readFileSync(server.caFile);
  const agent = new Agent({ keepAlive: true, ca });
  return ({ method, path, accept = "application/json", contentType = "application/json", body }) =>
    new Promise((resolve, reject) => {
      const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${server.token}`,
        accept,
        "content-type": contentType,
        "content-length": Buffer.byteLength(text),
      };
      const sent = request(new URL(path, server.url), { method, agent, headers }, (response) => {
        readText(response)
          .then((answered) =>
            resolve({
              code: response.statusCode ?? 0,
              auditId: String(response.headers["audit-id"] ?? ""),
              warnings: [response.headers["warning"] ?? []].flat(),
              body: parseJson(answered) ?? answered,
            }),
          )
          .catch(reject);
      });
      sent.on("error", reject);
      sent.end(text);
    });
}
