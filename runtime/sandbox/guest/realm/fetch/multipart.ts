/** `multipart/form-data`, RFC 7578, with names escaped as HTML's forms do it. */
import { encodeUtf8, decodeUtf8 } from "../shims/utf8.ts";
import { Blob, File, joined } from "./blob.ts";
import { FormData } from "./form-data.ts";

const LINE_END = encodeUtf8("\r\n");
const HEAD_END = encodeUtf8("\r\n\r\n");
const DASH = 0x2d;

export function encodeMultipart(form: FormData, boundary: string): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(withLineEnds(name))}"`;
    if (typeof value === "string") parts.push(encodeUtf8(`${head}\r\n\r\n${withLineEnds(value)}\r\n`));
    else {
      const type = value.type === "" ? "application/octet-stream" : value.type;
      const file = `${head}; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`;
      parts.push(encodeUtf8(file), Blob.bytesOf(value), LINE_END);
    }
  }
  parts.push(encodeUtf8(`--${boundary}--\r\n`));
  return joined(parts);
}

/** Throws a `TypeError` if it is none. */
export function decodeMultipart(bytes: Uint8Array, boundary: string): FormData {
  const form = new FormData();
  const mark = encodeUtf8(`\r\n--${boundary}`);
  let from = indexOf(bytes, mark.subarray(LINE_END.length), 0) + mark.length - LINE_END.length;
  while (from >= mark.length - LINE_END.length) {
    if (bytes[from] === DASH && bytes[from + 1] === DASH) return form;
    const headEnd = indexOf(bytes, HEAD_END, from);
    const next = headEnd < 0 ? -1 : indexOf(bytes, mark, headEnd + HEAD_END.length);
    if (next < 0) break;
    addPart(form, decodeUtf8(bytes.subarray(from, headEnd), false), bytes.subarray(headEnd + HEAD_END.length, next));
    from = next + mark.length;
  }
  throw new TypeError("The body is no multipart/form-data: its last boundary is missing");
}

function addPart(form: FormData, head: string, content: Uint8Array): void {
  const disposition = /^content-disposition:[ \t]*form-data[ \t]*;(.*)$/im.exec(head)?.[1] ?? "";
  const name = parameter(disposition, "name");
  if (name === undefined) throw new TypeError("A part of the multipart/form-data has no name");
  const file = parameter(disposition, "filename");
  const type = /^content-type:[ \t]*(.*?)[ \t]*$/im.exec(head)?.[1] ?? "text/plain";
  form.append(name, file === undefined ? decodeUtf8(content, false) : new File([content], file, { type }));
}

function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|[; \\t])${name}="([^"]*)"`, "i").exec(disposition)?.[1];
  return value?.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%22", '"');
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, from: number): number {
  const first = sought[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

function withLineEnds(text: string): string {
  return text.replace(/\r\n?|\n/g, "\r\n");
}

function escaped(text: string): string {
  return text.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}
