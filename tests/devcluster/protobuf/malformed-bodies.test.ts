import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { StatusError } from "#devcluster/api-status.ts";
import { createProtobufDecoder } from "#devcluster/protobuf/protobuf-decoder.ts";
import { body, bytesField, message, numberField } from "./message-bytes.ts";

const NAMESPACE = { apiVersion: "v1", kind: "Namespace" };
const decode = createProtobufDecoder();

function refusal(bytes: Uint8Array, expected = NAMESPACE): string {
  try {
    decode(bytes, expected);
  } catch (error) {
    assert.ok(error instanceof StatusError, String(error));
    assert.equal(error.status.code, 400);
    assert.equal(error.status.reason, "BadRequest");
    return error.message;
  }
  return "none";
}

describe("a body that is no protobuf is refused as by the real server", () => {
  const cases: readonly [string, Uint8Array, string][] = [
    ["nothing", Buffer.of(), "empty data (<empty>)"],
    [
      "another format",
      Buffer.from("abcd"),
      "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (61626364)",
    ],
    ["the prefix only", Buffer.from("k8s\0"), "empty body (6b387300)"],
    ["an envelope that ends early", Buffer.from("k8s\0\xff", "latin1"), "unexpected EOF (6b387300ff)"],
  ];
  for (const [title, bytes, why] of cases) {
    test(title, () => {
      assert.equal(refusal(bytes), `the object provided is unrecognized (must be of type Namespace): ${why}`);
    });
  }

  test("a long one is shown by its start", () => {
    assert.match(refusal(Buffer.alloc(100, "a")), /\((?:61){30} \.\.\.\)$/);
  });
});

describe("an object that does not fit its kind is refused", () => {
  const cases: readonly [string, Uint8Array, string][] = [
    ["it ends early", body("v1", "Namespace", Buffer.of(0x0a, 5)), "unexpected EOF"],
    ["a group ends", body("v1", "Namespace", bytesField(1, Buffer.of(0x0c))), "proto: illegal wireType 4"],
    [
      "a field is of another type",
      body("v1", "Namespace", numberField(1, 5)),
      "proto: wrong wireType = 0 for field Metadata",
    ],
    [
      "a time is too far away",
      body("v1", "Namespace", bytesField(1, bytesField(8, numberField(1, 1n << 60n)))),
      "year outside of range [0,9999]",
    ],
  ];
  for (const [title, bytes, why] of cases) {
    test(title, () => {
      assert.equal(refusal(bytes), `Namespace in version "v1" cannot be handled as a Namespace: ${why}`);
    });
  }

  test("its kind is unknown", () => {
    for (const kind of ["Namespacq", "PodSpec", "constructor", ""])
      assert.match(
        refusal(body("v1", kind, Buffer.of()), { apiVersion: "v1", kind: "X" }),
        /no kind "\w*" is registered for version "v1"/,
      );
    assert.match(refusal(body("__proto__", "Pod", Buffer.of())), /no kind "Pod" is registered for version "__proto__"/);
  });

  test("it is nested without end", () => {
    let schema: Uint8Array = Buffer.of();
    for (let depth = 0; depth < 5000; depth++) schema = bytesField(24, bytesField(1, schema));
    const validation = bytesField(1, schema);
    const version = bytesField(4, validation);
    const definition = bytesField(2, bytesField(7, version));
    const expected = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    assert.match(refusal(body(expected.apiVersion, expected.kind, definition), expected), /exceeded max depth$/);
  });
});

describe("bytes that are broken anywhere", () => {
  const bodies = (
    JSON.parse(readFileSync(join(import.meta.dirname, "kubectl-bodies.json"), "utf8")) as { body: string }[]
  ).map((captured) => Buffer.from(captured.body, "base64"));
  const anyBody = fc.constantFrom(...bodies);
  const readsOrRefuses = (bytes: Uint8Array): void => {
    const outcome = refusal(bytes);
    assert.equal(typeof outcome, "string");
  };

  test("cut off: an object or a refusal", () => {
    for (const bytes of bodies) for (let end = 0; end < bytes.length; end++) readsOrRefuses(bytes.subarray(0, end));
  });

  test("with flipped bits: an object or a refusal", () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyBody, flips, (original, changes) => {
        const bytes = Buffer.from(original);
        for (const [at, bit] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
        readsOrRefuses(bytes);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test("at random behind a good envelope: an object or a refusal", () => {
    const kinds = fc.constantFrom(
      ["v1", "Pod"],
      ["apps/v1", "Deployment"],
      ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
      ["autoscaling/v2", "HorizontalPodAutoscaler"],
      ["coordination.k8s.io/v1", "Lease"],
    );
    fc.assert(
      fc.property(kinds, fc.uint8Array({ maxLength: 200 }), ([apiVersion = "", kind = ""], raw) => {
        readsOrRefuses(body(apiVersion, kind, raw));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test("of messages of the right form: an object", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        text,
        fc.dictionary(text, text),
        fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
        (name, labels, generation) => {
          const entries = Object.entries(labels).map(([key, value]) =>
            bytesField(11, message(bytesField(1, key), bytesField(2, value))),
          );
          const metadata = message(bytesField(1, name), numberField(7, generation), ...entries);
          const { metadata: decoded } = decode(body("v1", "Namespace", bytesField(1, metadata)), NAMESPACE);
          const wellFormed = (value: string): string => Buffer.from(value).toString();
          assert.deepEqual(decoded, {
            ...(name !== "" && { name: wellFormed(name) }),
            ...(generation !== 0n && { generation: Number(generation) }),
            ...(entries.length > 0 && {
              labels: Object.fromEntries(
                Object.entries(labels).map(([key, value]) => [wellFormed(key), wellFormed(value)]),
              ),
            }),
          });
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });
});
