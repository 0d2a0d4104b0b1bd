/** What a handler's arguments cannot bring the host to do with the host's own rights. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps, RefusedCall } from "#broker/ports.ts";
import type { Kube } from "#handler-api/kube.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { fakeCatalog } from "../../support/api-resources.ts";
import { broker, cacheOf, EVENT, FakeObjectClient } from "../../support/brokered-handler.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { call, UNABORTED } from "../../support/kube-calls.ts";
import { quietBroker } from "../../support/quiet-broker.ts";

/** Whatever there is to do with pods in `prod`, and nothing else. */
const IN_PROD = {
  namespaces: ["prod"],
  allow: {
    kube: [
      "get,list,create,patch,delete pods",
      "patch pods/status",
      "patch deployments.apps/scale",
      "create pods/eviction",
      "create events",
      "get nodes",
    ],
  },
};

const NOTE = { type: "Normal", reason: "R", message: "m" };
const podIn = (namespace: unknown, name: unknown = "a") => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace },
});

/** Each call of `kube` on an object. */
const CALLS: Readonly<Record<Exclude<keyof Kube, "list">, (name: unknown, namespace: unknown) => readonly unknown[]>> =
  {
    get: (name, namespace) => ["pods", { name, namespace }],
    create: (name, namespace) => [podIn(namespace, name)],
    apply: (name, namespace) => [podIn(namespace, name)],
    patch: (name, namespace) => ["pods", { name, namespace }, {}],
    patchStatus: (name, namespace) => ["pods", { name, namespace }, {}],
    scale: (name, namespace) => ["deployments.apps", { name, namespace }, 1],
    delete: (name, namespace) => ["pods", { name, namespace }],
    evict: (name, namespace) => ["pods", { name, namespace }],
    event: (name, namespace) => [podIn(namespace ?? "prod", name), NOTE],
  };
/** Those whose name becomes a part of a URL. */
const NAMING = Object.entries(CALLS).filter(([method]) => method !== "create" && method !== "event");

async function assertRefused(options: unknown, method: string, args: readonly unknown[], code: string): Promise<void> {
  const handler = broker(options);
  await assert.rejects(call(handler, method, ...args), { code });
  assert.deepEqual(handler.objects.sent, []);
}

suite("in another namespace than allow.kube names", () => {
  for (const [method, args] of Object.entries(CALLS)) {
    test(`kube.${method} is refused`, () => assertRefused(IN_PROD, method, args("a", "kube-system"), "NOT_ALLOWED"));
    test(`kube.${method} of what an entry names "in prod" is refused`, () => {
      const kube = IN_PROD.allow.kube.filter((rule) => !rule.includes("nodes")).map((rule) => `${rule} in prod`);
      return assertRefused({ allow: { kube } }, method, args("a", "dev"), "NOT_ALLOWED");
    });
  }

  for (const namespace of ["kube-system", ""]) {
    test(`kube.list of ${namespace === "" ? "all namespaces" : namespace} is refused`, () =>
      assertRefused(IN_PROD, "list", ["pods", { namespace }], "NOT_ALLOWED"));
  }

  test("kube.event about an object of no namespace is refused, since it goes to the namespace default", () =>
    assertRefused(
      IN_PROD,
      "event",
      [{ apiVersion: "v1", kind: "Node", metadata: { name: "n" } }, NOTE],
      "NOT_ALLOWED",
    ));

  for (const [namespace, code] of [
    ["constructor", "NOT_ALLOWED"],
    ["__proto__", "BAD_CALL"],
    ["PROD", "BAD_CALL"],
    ["prod ", "BAD_CALL"],
    ["prod\n", "BAD_CALL"],
    ["prod\u0000", "BAD_CALL"],
    ["ｐｒｏｄ", "BAD_CALL"],
    ["prod/../dev", "BAD_CALL"],
    ["prod%2F..%2Fdev", "BAD_CALL"],
    ["..", "BAD_CALL"],
    ["prod?x=", "BAD_CALL"],
    ["prod#", "BAD_CALL"],
    [["prod"], "BAD_CALL"],
    [{ toString: "prod" }, "BAD_CALL"],
    [0, "BAD_CALL"],
  ] as const) {
    test(`the namespace ${JSON.stringify(namespace)} is no way into it`, async () => {
      for (const [method, args] of Object.entries(CALLS)) {
        await assertRefused(IN_PROD, method, args("a", namespace), code);
      }
      await assertRefused(IN_PROD, "list", ["pods", { namespace }], code);
    });
  }
});

suite("of another resource than allow.kube names", () => {
  const ONLY_NODES = { allow: { kube: ["get,list,create,patch,delete nodes", "patch nodes/status"] } };

  for (const [method, args] of Object.entries(CALLS)) {
    test(`kube.${method} is refused`, () => assertRefused(ONLY_NODES, method, args("a", "prod"), "NOT_ALLOWED"));
  }

  for (const [method, rule] of [
    ["patch", "patch pods/status"],
    ["patchStatus", "patch pods"],
    ["scale", "patch deployments.apps"],
    ["evict", "delete pods"],
    ["evict", "create pods"],
    ["delete", "create pods/eviction"],
    ["get", "list pods"],
    ["create", "create pods/eviction"],
  ] as const) {
    test(`kube.${method} is refused with "${rule}" alone`, () =>
      assertRefused({ allow: { kube: [rule] } }, method, CALLS[method]("a", "prod"), "NOT_ALLOWED"));
  }

  for (const resource of [
    "pods/exec",
    "pods%2Fexec",
    "pods/status",
    "pods?watch=1",
    "../pods",
    "__proto__",
    "constructor",
  ]) {
    test(`the name "${resource}" is no resource`, () =>
      assertRefused(IN_PROD, "get", [resource, { name: "a" }], "BAD_CALL"));
  }

  for (const [apiVersion, kind] of [
    ["v1/../apps/v1", "Pod"],
    ["v1", "Pod/exec"],
    ["v1", "pods"],
    ["v1", "Pod.v1."],
    ["/v1", "Pod"],
    ["v1", "__proto__"],
  ]) {
    test(`an object of apiVersion "${apiVersion}" and kind "${kind}" is no pod`, () =>
      assertRefused(IN_PROD, "create", [{ ...podIn("prod"), apiVersion, kind }], "BAD_CALL"));
  }
});

test("what another handler may do is refused", async () => {
  const objects = new FakeObjectClient();
  const handler = (id: string, allow: object) => {
    const resolution = resolveOptions("pods", { allow });
    assert.ok(resolution.type === "ok");
    const deps = {
      objects,
      catalog: fakeCatalog(),
      clock: new FakeClock(),
      ...quietBroker(),
      signal: UNABORTED,
    };
    return createCapabilities(deps, { id, options: resolution.options, cache: cacheOf([]), listers: {} });
  };
  const [trusted, other] = [handler("trusted", IN_PROD.allow), handler("other", {})];
  await trusted.call("kube.get", ["pods", { name: "a" }], EVENT, UNABORTED);
  assert.equal(objects.sent.length, 1);
  for (const [method, args] of Object.entries(CALLS)) {
    await assert.rejects(other.call(`kube.${method}`, args("a", "prod"), EVENT, UNABORTED), { code: "NOT_ALLOWED" });
  }
  assert.equal(objects.sent.length, 1);
});

suite("an object that no handler may write", () => {
  const REASON = "it holds the crown jewels. Write another one";
  const sealed: BrokerDeps["sealed"] = ({ namespace, name }) =>
    namespace === "prod" && (name === undefined || name === "a") ? REASON : undefined;
  const ANY = { allow: { kube: ["create,patch deployments.apps", ...IN_PROD.allow.kube] } };

  for (const [method, args] of Object.entries(CALLS).filter(([method]) => method !== "get")) {
    test(`is not written by kube.${method}, though allow.kube names it, and that is told`, async () => {
      const refused: RefusedCall[] = [];
      const handler = broker(ANY, {}, { sealed, onRefusal: (call) => void refused.push(call) });
      await assert.rejects(call(handler, method, ...args("a", undefined)), {
        name: "NotAllowedError",
        code: "NOT_ALLOWED",
        message: /^Cannot (create|patch|delete) .*: it holds the crown jewels\. Write another one$/,
      });
      assert.deepEqual(handler.objects.sent, []);
      assert.equal(refused.length, 1);
      assert.ok(refused[0]?.reason.endsWith(REASON));
    });
  }

  test("is read", async () => {
    const handler = broker(ANY, {}, { sealed });
    await call(handler, "get", "pods", { name: "a" });
    await call(handler, "list", "pods");
    assert.equal(handler.objects.sent.length, 2);
  });

  for (const metadata of [{ generateName: "a" }, { name: "", generateName: "a" }, { name: null, generateName: "a" }]) {
    test(`is not created by chance, with ${JSON.stringify(metadata)}`, async () => {
      const handler = broker(ANY, {}, { sealed });
      const created = call(handler, "create", { apiVersion: "v1", kind: "Pod", metadata });
      await assert.rejects(
        created,
        ({ code }: { readonly code?: unknown }) => code === "NOT_ALLOWED" || code === "BAD_CALL",
      );
      assert.deepEqual(handler.objects.sent, []);
    });
  }

  test("without a right to it says which right is missing", async () => {
    const handler = broker({}, {}, { sealed });
    await assert.rejects(call(handler, "delete", "pods", { name: "a" }), /Add "delete pods" to allow\.kube$/);
  });

  test("is no other of that name, and no other in its namespace", async () => {
    const handler = broker({ allow: ANY.allow }, {}, { sealed });
    await call(handler, "delete", "pods", { name: "a", namespace: "dev" });
    await call(handler, "delete", "pods", { name: "b" });
    assert.equal(handler.objects.sent.length, 2);
  });
});

suite("the name of an object", () => {
  const paths = ["", ".", "..", "a/b", "../a", "/a", "a/", "a%2Fb"];
  const invisible = ["a b", "a\tb", "a\nb", "a\r\nX-Evil: 1", "a\u0000", "a\u007f", "\u202egpj", "a\u200b", "\ud800"];
  const noNames = ["x".repeat(2_000), null, 5, ["a"], { toString: "a" }, true];
  for (const name of [...paths, ...invisible, ...noNames]) {
    test(`is never ${JSON.stringify(name).slice(0, 40)}`, async () => {
      for (const [method, args] of NAMING) await assertRefused(IN_PROD, method, args(name, "prod"), "BAD_CALL");
    });
  }

  for (const name of ["__proto__", "constructor", "toString", "a?b", "a#b", "a:b", "ä", "a;b=c", "a&b"]) {
    test(`may be ${JSON.stringify(name)}, and means that object`, async () => {
      for (const [method, args] of NAMING) {
        const handler = broker(IN_PROD);
        await call(handler, method, ...args(name, "prod"));
        assert.deepEqual(
          handler.objects.sent.map(({ name, namespace }) => [name, namespace]),
          [[name, "prod"]],
        );
      }
    });
  }
});
