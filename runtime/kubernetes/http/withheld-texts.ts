/**
 * What was sent and must not come back in a message: an answer to a request may quote it, and messages are logged. The API server
 * itself does not; proxies that echo a request and admission webhooks do.
 */
import { isRecord, parseJson } from "#kernel/json-value.ts";
import type { HttpRequest } from "./http-transport.ts";

type Sent = Pick<HttpRequest, "path" | "headers" | "body">;

const IN_PLACE = "[withheld]";
/** Anything shorter is in every other message, too. */
const MIN_CHARACTERS = 4;
/** Of a Secret. Where more would have to be looked for, nothing of the answer is kept: a search takes as long as both are. */
const MAX_TEXTS = 2_000;
const SECRETS = /^\/api\/v1\/(?:namespaces\/[^/]+\/)?secrets(?:[/?]|$)/;
/** Members of a Secret that are no secret. */
const OPEN_MEMBERS = new Set(["apiVersion", "kind", "metadata", "type", "immutable", "op", "path", "from"]);

/** The text without the credential of the request, and without the data of a Secret that was written by it. */
export function withholdSent(text: string, sent: Sent): string {
  const withheld = [...credentialTexts(sent), ...secretTexts(sent)].filter((one) => one.length >= MIN_CHARACTERS);
  if (withheld.length > MAX_TEXTS) return "";
  // The longest first: one may be part of another.
  return withheld
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, one) => rest.replaceAll(one, IN_PLACE).replaceAll(JSON.stringify(one).slice(1, -1), IN_PLACE), text);
}

/** `Bearer …` and `Basic …`, with and without the scheme. */
function credentialTexts({ headers }: Sent): string[] {
  const { authorization } = headers;
  return [authorization ?? []].flat().flatMap((one) => [one, one.replace(/^\S+\s+/, "")]);
}

function secretTexts({ path, body }: Sent): string[] {
  if (typeof body !== "string" || !SECRETS.test(path)) return [];
  return textsIn(parseJson(body)).flatMap((text) => [text, Buffer.from(text, "base64").toString()]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([member, inner]) => (OPEN_MEMBERS.has(member) ? [] : textsIn(inner)));
}
