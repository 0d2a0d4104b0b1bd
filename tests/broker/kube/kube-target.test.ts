import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ArgumentReader } from "#broker/argument-reader.ts";
import { BadCallError } from "#broker/errors.ts";
import { readName, readScope } from "#broker/kube/kube-target.ts";
import { resourcePath } from "#kubernetes/clients/resource-path.ts";
import { PODS } from "../../support/api-resources.ts";

const read = new ArgumentReader("kube.get");
const SEED = 20_261_128;

/** Whatever a handler can send, and more often what means something in a URL or in a path. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc
    .array(
      fc.constantFrom("a", "b-1", ".", "..", "/", "\\", "%", "%2e", "%2F", "?", "#", ";", "@", ":", "\u0000", " "),
      {
        maxLength: 5,
      },
    )
    .map((parts) => parts.join("")),
);

/** `undefined`: it is refused, as it should be. */
function unlessRefused<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof BadCallError, String(error));
    return undefined;
  }
}

test("a name is refused, or it is one segment of the request's path and nothing else", () => {
  fc.assert(
    fc.property(text, (given) => {
      const name = unlessRefused(() => readName(read, given));
      if (name === undefined) return;
      const path = resourcePath({ resource: PODS, namespace: "prod", name });
      const { pathname, search, hash } = new URL(path, "https://api.test");
      assert.deepEqual([pathname, search, hash], [path, "", ""]);
      const [last = "", ...before] = path.split("/").toReversed();
      assert.deepEqual(before.toReversed(), ["", "api", "v1", "namespaces", "prod", "pods"]);
      assert.equal(decodeURIComponent(last), given);
    }),
    { seed: SEED, numRuns: 3_000 },
  );
});

test("a namespace is refused, or it is one segment of the request's path as it stands", () => {
  fc.assert(
    fc.property(text, (given) => {
      const scope = unlessRefused(() => readScope(read, PODS, given, "prod"));
      if (scope === undefined) return;
      assert.equal(scope.namespace, given);
      const where = given === "" ? "" : `/namespaces/${given}`;
      assert.equal(resourcePath({ ...scope, name: "a" }), `/api/v1${where}/pods/a`);
    }),
    { seed: SEED, numRuns: 3_000 },
  );
});

test("ordinary names and namespaces are taken", () => {
  for (const name of ["web-1", "web.example.com", "system:node", "A_b", "ä"]) assert.equal(readName(read, name), name);
  for (const namespace of ["prod", "kube-system", "0"]) {
    assert.equal(readScope(read, PODS, namespace, "other").namespace, namespace);
  }
});
