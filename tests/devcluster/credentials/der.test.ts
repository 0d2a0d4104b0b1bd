import assert from "node:assert/strict";
import test from "node:test";
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  time,
} from "#devcluster/credentials/der.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("a number whose top bit is set gets a zero before it", () => {
  assert.equal(hex(integer(Buffer.of(0x80))), "02020080");
  assert.equal(hex(integer(Buffer.of(0x7f))), "02017f");
});

test("a number has no zeros in front", () => {
  assert.equal(hex(integer(Buffer.of(0, 0, 5))), "020105");
  assert.equal(hex(integer(Buffer.of(0, 0))), "020100");
});

test("an object identifier packs its first two parts into one byte and the others into sevens of bits", () => {
  assert.equal(hex(objectIdentifier("1.2.840.10045.4.3.2")), "06082a8648ce3d040302");
  assert.equal(hex(objectIdentifier("2.5.29.15")), "0603551d0f");
});

test("a length of 128 or more says first how many bytes it takes", () => {
  assert.equal(hex(octetString(Buffer.alloc(127)).subarray(0, 2)), "047f");
  assert.equal(hex(octetString(Buffer.alloc(128)).subarray(0, 3)), "048180");
  assert.equal(hex(octetString(Buffer.alloc(300)).subarray(0, 4)), "0482012c");
});

test("times are UTCTime until 2049 and GeneralizedTime after", () => {
  assert.equal(time(Date.UTC(2049, 11, 31, 23, 59, 59, 999)).toString("latin1"), "\x17\x0d491231235959Z");
  assert.equal(time(Date.UTC(2050, 0, 1)).toString("latin1"), "\x18\x0f20500101000000Z");
});

test("true is all ones, and a bit string says how many of its last bits do not count", () => {
  assert.equal(hex(sequence(boolean(true), bitString(Buffer.of(0x80), 7))), "30070101ff03020780");
});
