import assert from "node:assert/strict";
import { test } from "node:test";
import { GrowingBuffer } from "#kernel/growing-buffer.ts";

const textOf = ({ bytes, length }: GrowingBuffer): string => bytes.toString("latin1", 0, length);

test("a growing buffer holds what was appended, in order", () => {
  const buffer = new GrowingBuffer();
  for (const part of ["ab", "", "cdefg", "h"]) buffer.append(Buffer.from(`<${part}>`), 1, 1 + part.length);
  assert.equal(textOf(buffer), "abcdefgh");
});

test("a growing buffer forgets from its front", () => {
  const buffer = new GrowingBuffer();
  buffer.append(Buffer.from("abcdef"), 0, 6);
  buffer.drop(4);
  buffer.append(Buffer.from("gh"), 0, 2);
  assert.equal(textOf(buffer), "efgh");
});

test("a growing buffer does not depend on what it copied from", () => {
  const buffer = new GrowingBuffer();
  const source = Buffer.from("abc");
  buffer.append(source, 0, 3);
  source.fill(0);
  assert.equal(textOf(buffer), "abc");
});
