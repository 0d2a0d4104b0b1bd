import assert from "node:assert/strict";
import { test } from "node:test";
import { createProtobufDecoder } from "#devcluster/protobuf/protobuf-decoder.ts";
import { body, bytesField, message, numberField } from "./message-bytes.ts";

const decode = createProtobufDecoder();
const NOTHING = Buffer.of();

test("the kind that a resource takes counts where the body names none", () => {
  const bytes = message(Buffer.from("k8s\0"), bytesField(2, bytesField(1, bytesField(1, "shop"))));
  assert.deepEqual(decode(bytes, { apiVersion: "v1", kind: "Namespace" }), {
    kind: "Namespace",
    apiVersion: "v1",
    metadata: { name: "shop" },
    spec: {},
    status: {},
  });
});

test("options of a deletion are read in every group version", () => {
  const uid = bytesField(1, "u");
  const options = message(numberField(1, 30), bytesField(2, uid), bytesField(4, "Foreground"), bytesField(5, "All"));
  for (const apiVersion of ["v1", "apps/v1", "policy/v1beta1"]) {
    assert.deepEqual(decode(body(apiVersion, "DeleteOptions", options)), {
      kind: "DeleteOptions",
      apiVersion,
      gracePeriodSeconds: 30,
      preconditions: { uid: "u" },
      propagationPolicy: "Foreground",
      dryRun: ["All"],
    });
  }
});

test("an eviction is read with its options", () => {
  const eviction = message(
    bytesField(1, message(bytesField(1, "p"), bytesField(3, "shop"))),
    bytesField(2, numberField(1, 0)),
  );
  assert.deepEqual(decode(body("policy/v1", "Eviction", eviction)), {
    kind: "Eviction",
    apiVersion: "policy/v1",
    metadata: { name: "p", namespace: "shop" },
    deleteOptions: { gracePeriodSeconds: 0 },
  });
});

test("a time without bytes is none, one at the epoch is a time", () => {
  const lease = (time: Uint8Array): unknown => {
    const spec = bytesField(2, bytesField(3, time));
    return decode(body("coordination.k8s.io/v1", "Lease", spec))["spec"];
  };
  assert.deepEqual(lease(NOTHING), { acquireTime: null });
  assert.deepEqual(lease(numberField(1, 0)), { acquireTime: "1970-01-01T00:00:00.000000Z" });
  assert.deepEqual(lease(message(numberField(1, -1), numberField(2, 1999))), {
    acquireTime: "1969-12-31T23:59:59.000001Z",
  });
});

test("a list that must be there is null when it is empty", () => {
  assert.deepEqual(decode(body("rbac.authorization.k8s.io/v1", "Role", NOTHING))["rules"], null);
});

test("lists inside of maps are read", () => {
  const extra = bytesField(
    5,
    message(bytesField(1, "scopes"), bytesField(2, message(bytesField(1, "a"), bytesField(1, "b")))),
  );
  assert.deepEqual(decode(body("authorization.k8s.io/v1", "SubjectAccessReview", bytesField(2, extra)))["spec"], {
    extra: { scopes: ["a", "b"] },
  });
});

test("a key that JavaScript knows is an ordinary key", () => {
  const entry = message(bytesField(1, "__proto__"), bytesField(2, "x"));
  const { data } = decode(body("v1", "ConfigMap", bytesField(2, entry)));
  assert.deepEqual(Object.entries(data as object), [["__proto__", "x"]]);
});

test("fields that nobody knows are passed over", () => {
  const raw = message(numberField(99, 1), bytesField(100, "x"), bytesField(1, bytesField(1, "shop")));
  assert.deepEqual(decode(body("v1", "Namespace", raw))["metadata"], { name: "shop" });
});
