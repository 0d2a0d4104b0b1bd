import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleKeyOf, handlerFileOf } from "#loader/build/bundle-key.ts";

test("key of a bundle has no folders, and says where its handler lies", () => {
  assert.equal(bundleKeyOf("billing/invoice-paid.ts"), "billing__invoice-paid.mjs");
  assert.equal(bundleKeyOf("certificate.cert-manager.io-added.ts"), "certificate.cert-manager.io-added.mjs");
  assert.equal(handlerFileOf("billing__invoice-paid.mjs"), "billing/invoice-paid.mjs");
});

test("folders that a key lies in keep their names", () => {
  assert.equal(handlerFileOf("shop/billing__paid.mjs"), "shop/billing/paid.mjs");
  assert.equal(handlerFileOf("a__b/paid.mjs"), "a__b/paid.mjs");
});

test("key that no bundle has is a file's own name", () => {
  for (const key of ["pod-added.ts", "my__pod-added.ts", "__x.mjs", "a___b.mjs", "map/__x.mjs", "notes"])
    assert.equal(handlerFileOf(key), key);
});
