import { parseJson } from "#kernel/json-value.ts";
import type { ApiClient } from "../http/api-client.ts";
import { readText } from "../http/body-text.ts";
import type { RequestFailure } from "../request-failure.ts";

const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

export type DocumentAnswer = { readonly type: "document"; readonly value: unknown } | RequestFailure;

/** One of the documents with which the API server describes itself. @param headers beside those of every request */
export async function getDocument(
  api: ApiClient,
  path: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<DocumentAnswer> {
  const answer = await api.send({ method: "GET", path, headers }, signal);
  if (answer.type !== "response") return answer;
  const text = await readText(answer, MAX_DOCUMENT_BYTES);
  if (typeof text !== "string") return text;
  const value = parseJson(text);
  if (value !== undefined) return { type: "document", value };
  return { type: "malformed", message: `the answer to GET ${path} is no JSON` };
}
