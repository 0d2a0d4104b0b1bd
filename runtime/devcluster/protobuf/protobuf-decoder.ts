/**
 * Reads request bodies of the type `application/vnd.kubernetes.protobuf`, which Go clients send for built-in kinds.
 * The JSON that comes out is what the same client would have sent as JSON. Nothing is written in this format.
 */
import type { JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import { MessageDecoder } from "./message-decoder.ts";
import { KINDS } from "./field-numbers.generated.ts";
import { utf8 } from "./special-types.ts";
import { MalformedMessage, NO_BYTES, readWireFields } from "./wire-fields.ts";

/** `k8s\0`, before a `runtime.Unknown` with the object. */
const MAGIC = Uint8Array.of(0x6b, 0x38, 0x73, 0);
const SUMMARY_BYTES = 30;
/** The real server names a place in its sources. */
const IN_SCHEME = 'in scheme "pkg/runtime/scheme.go:111"';

interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** @param expected what the resource takes: counts where the body names no type, and for messages */
export type DecodeProtobufBody = (body: Uint8Array, expected?: ExpectedType) => JsonRecord;

export interface ExpectedType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What it makes throws `StatusError` for bodies that are malformed or of an unknown kind. */
export function createProtobufDecoder(): DecodeProtobufBody {
  const decoder = new MessageDecoder();
  return (body, expected) => {
    const envelope = readEnvelope(body, expected?.kind);
    const apiVersion = envelope.apiVersion || (expected?.apiVersion ?? "");
    const kind = envelope.kind || (expected?.kind ?? "");
    const cannot = (why: string): StatusError =>
      badRequest(
        `${kind} in version "${versionOf(apiVersion)}" cannot be handled as a ${expected?.kind ?? kind}: ${why}`,
      );
    const message = messageOf(apiVersion, kind);
    if (message === undefined) throw cannot(`no kind "${kind}" is registered for version "${apiVersion}" ${IN_SCHEME}`);
    try {
      return { kind, apiVersion, ...decoder.decodeRecord(message, envelope.raw) };
    } catch (error) {
      if (error instanceof MalformedMessage) throw cannot(error.message);
      throw error;
    }
  };
}

function readEnvelope(body: Uint8Array, expectedKind: string | undefined): Envelope {
  try {
    if (body.length === 0) throw new MalformedMessage("empty data");
    const expected = `expected prefix [${MAGIC.join(" ")}]`;
    if (Buffer.compare(body.subarray(0, MAGIC.length), MAGIC) !== 0)
      throw new MalformedMessage(`provided data does not appear to be a protobuf message, ${expected}`);
    if (body.length === MAGIC.length) throw new MalformedMessage("empty body");
    const unknown = bytesByNumber(body.subarray(MAGIC.length));
    const typeMeta = bytesByNumber(unknown.get(1) ?? NO_BYTES);
    const text = (number: number): string => utf8(typeMeta.get(number) ?? NO_BYTES);
    return { apiVersion: text(1), kind: text(2), raw: unknown.get(2) ?? NO_BYTES };
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    const type = expectedKind === undefined ? "" : ` (must be of type ${expectedKind})`;
    throw badRequest(`the object provided is unrecognized${type}: ${error.message} (${summaryOf(body)})`);
  }
}

function bytesByNumber(message: Uint8Array): ReadonlyMap<number, Uint8Array> {
  return new Map(readWireFields(message).map(({ number, bytes }) => [number, bytes]));
}

/** Every group version has the options of a deletion as its own kind. */
function messageOf(apiVersion: string, kind: string): string | undefined {
  if (kind === "DeleteOptions") return "meta/v1.DeleteOptions";
  if (!Object.hasOwn(KINDS, apiVersion)) return undefined;
  const [home = "", kinds = ""] = KINDS[apiVersion] ?? [];
  return kinds.split(" ").includes(kind) ? `${home}.${kind}` : undefined;
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf("/") + 1);
}

function summaryOf(body: Uint8Array): string {
  if (body.length === 0) return "<empty>";
  const hex = Buffer.from(body.subarray(0, SUMMARY_BYTES)).toString("hex");
  return body.length > SUMMARY_BYTES ? `${hex} ...` : hex;
}

function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}
