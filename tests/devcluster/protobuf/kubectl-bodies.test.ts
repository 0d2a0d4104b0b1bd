import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createProtobufDecoder } from "#devcluster/protobuf/protobuf-decoder.ts";

interface Captured {
  readonly command: string;
  /** In base64. */
  readonly body: string;
  readonly json: { readonly apiVersion: string; readonly kind: string };
}

const captured = JSON.parse(readFileSync(join(import.meta.dirname, "kubectl-bodies.json"), "utf8")) as Captured[];

describe("the protobuf body is read as the JSON of the same object", () => {
  const decode = createProtobufDecoder();
  for (const { command, body, json } of captured) {
    test(`kubectl ${command}`, () => {
      assert.deepEqual(decode(Buffer.from(body, "base64"), json), json);
    });
  }
});
