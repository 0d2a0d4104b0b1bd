import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeUtf8, encodeUtf8 } from "#sandbox/guest/realm/shims/utf8.ts";

const SEED = 20_261_128;

/** Whatever JavaScript calls a string: lone surrogates too. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const mostlyAscii = fc.string({
  unit: fc.constantFrom("a", "z", "ß", "€", "😀", "\ud800", "\udc00"),
  maxLength: 9000,
  size: "max",
});

test("text becomes the bytes that Node's TextEncoder gives", () => {
  const isSame = (text: string): void => assert.deepEqual(encodeUtf8(text), new TextEncoder().encode(text));
  fc.assert(fc.property(fc.oneof(anyText, mostlyAscii), isSame), { seed: SEED });
});

test("bytes become the text that Node's TextDecoder gives, malformed ones included", () => {
  const utf8 = mostlyAscii.map((text) => new TextEncoder().encode(text));
  const isSame = (bytes: Uint8Array): void => {
    assert.equal(decodeUtf8(bytes, false), new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  };
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 5000, size: "max" }), utf8), isSame), { seed: SEED });
});
