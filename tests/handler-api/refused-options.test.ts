import assert from "node:assert/strict";
import { test } from "node:test";

import { resolveOptions } from "#handler-api/resolve-options.ts";

function reasons(options: unknown, resource: unknown = "pods"): readonly string[] {
  const resolution = resolveOptions(resource, options);
  return resolution.type === "ok" ? [] : resolution.problems.map(({ reason }) => reason);
}

test("every problem is told, with the option it is about", () => {
  const resolution = resolveOptions("pods", { timeout: "soon", retry: { attempts: 0 }, allow: { kube: ["get"] } });
  assert.deepEqual(resolution.type === "invalid" && resolution.problems.map(({ option }) => option), [
    "allow.kube[0]",
    "timeout",
    "retry.attempts",
  ]);
});

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  [
    "an unknown option",
    { timout: "5s" },
    `Cannot use option "timout": there is no such option; did you mean "timeout"?`,
  ],
  [
    "an unknown option in a group",
    { allow: { kubes: [] } },
    `Cannot use option "allow.kubes": there is no such option; did you mean "kube"?`,
  ],
  [
    "an unknown option like no other",
    { retry: { forever: true } },
    `Cannot use option "retry.forever": there is no such option; allowed is "attempts", "backoff" or "maxBackoff"`,
  ],
  [
    "an unknown event",
    { events: ["update"] },
    `Cannot use option "events[0]": got "update"; allowed is "added", "updated", "deleted" or "unselected"; did you mean "updated"?`,
  ],
  [
    "options that are no object",
    "updated",
    `Cannot use option "options": got "updated"; allowed is an object such as { events: ["updated"], timeout: "30s" }`,
  ],
  [
    "an empty list",
    { namespaces: [] },
    `Cannot use option "namespaces": got []; allowed is a list with at least one item, each the name of a namespace: lower-case letters, digits and "-"`,
  ],
  ["a repeated item", { names: ["a", "a"] }, `Cannot use option "names": "a" is there twice; write it once`],
  [
    "a namespace in capitals",
    { namespaces: ["Prod"] },
    `Cannot use option "namespaces[0]": got "Prod"; allowed is the name of a namespace: lower-case letters, digits and "-"`,
  ],
  [
    "a star in the middle of a name",
    { names: ["web-*-1"] },
    `Cannot use option "names[0]": got "web-*-1"; allowed is the name of an object, or a prefix that ends with "*" such as "web-*"`,
  ],
  [
    "a field selector without an operator",
    { fieldSelector: "spec.nodeName" },
    `Cannot use option "fieldSelector": got "spec.nodeName"; allowed is a field selector such as "spec.nodeName=worker-1,status.phase!=Failed"`,
  ],
  [
    "pushDown without a selector",
    { pushDown: true },
    `Cannot use option "pushDown": there is no "labelSelector" that the API server could apply; add one`,
  ],
  [
    "a label selector that is none",
    { labelSelector: "app in web" },
    `Cannot use option "labelSelector": Cannot read label selector "app in web": "web" at character 8. Write "(" there`,
  ],
  [
    "a selector of a lister that is none",
    { listers: { web: { resource: "pods", labelSelector: 1 } } },
    `Cannot use option "listers.web.labelSelector": got 1; allowed is a label selector as kubectl takes it, such as "app=web,tier in (front, back)"`,
  ],
  [
    "a path that is none",
    { changed: ["spec..replicas"] },
    `Cannot use option "changed[0]": Cannot read field path "spec..replicas": it is not keys with dots between them. Write other keys as ['a.b/c'], items as [0]`,
  ],
  [
    "changed without updates",
    { events: ["added"], changed: ["spec"] },
    `Cannot use option "changed": it chooses among updates, but "events" does not name "updated"; add it there or remove this option`,
  ],
  [
    "a when that is no function",
    { when: "x" },
    `Cannot use option "when": got "x"; allowed is a function of the event`,
  ],
  [
    "a lister without a resource",
    { listers: { web: {} } },
    `Cannot use option "listers.web.resource": got null; allowed is a resource name as kubectl takes it, such as "pods", "deployments.apps" or "certificates.v1.cert-manager.io"`,
  ],
  [
    "a duration without a unit",
    { timeout: "30" },
    `Cannot use option "timeout": got "30"; allowed is a duration from 1 ms to 24 h, such as "250ms", "30s", "5m" or "2h"`,
  ],
  [
    "a resync of less than a second",
    { resync: "10ms" },
    `Cannot use option "resync": got "10ms"; allowed is a duration from 1000 ms to 24 h, such as "250ms", "30s", "5m" or "2h"`,
  ],
  [
    "memory without a unit Kubernetes knows",
    { memory: "64MB" },
    `Cannot use option "memory": got "64MB"; allowed is a quantity from "16Mi" to "4Gi", such as "64Mi"`,
  ],
  [
    "a concurrency in quotes",
    { concurrency: "8" },
    `Cannot use option "concurrency": got "8"; allowed is a whole number from 1 to 1000`,
  ],
  [
    "a longest wait that is shorter than the first",
    { retry: { backoff: "10s", maxBackoff: "5s" } },
    `Cannot use option "retry.maxBackoff": it is 5000 ms, less than retry.backoff (10000 ms); make it as long`,
  ],
  [
    "a flag that is a text",
    { everything: "yes" },
    `Cannot use option "everything": got "yes"; allowed is true or false`,
  ],
  ["another engine", { engine: "node" }, `Cannot use option "engine": got "node"; allowed is "vm2" or "process"`],
  [
    "an address where a host name is needed",
    { allow: { fetch: ["https://a.example/"] } },
    `Cannot use option "allow.fetch[0]": got "https://a.example/"; allowed is a host such as "hooks.slack.com", "*.example.com" or "example.com:8443", with "http://" or "https://" before it where it needs one`,
  ],
  [
    "a variable with a space",
    { allow: { env: ["A B"] } },
    `Cannot use option "allow.env[0]": got "A B"; allowed is the name of an environment variable, such as "SLACK_PATH"`,
  ],
];

for (const [what, options, reason] of REFUSED) {
  test(`${what} is refused with what is allowed`, () => assert.deepEqual(reasons(options), [reason]));
}

const REFUSED_RULES: readonly (readonly [string, string])[] = [
  ["get", `allowed is "<verbs> <resource>", such as "create,patch events in prod"`],
  ["pach pods", `"pach" is no verb; did you mean "patch"?`],
  ["evict pods", `"evict" is no verb; write "create pods/eviction"`],
  ["scale deployments.apps", `"scale" is no verb; write "patch <resource>/scale"`],
  ["get,apply pods", `"apply" is no verb; write "create,patch <resource>"`],
  ["* pods", `"*" is no verb; allowed is "get", "list", "create", "patch" or "delete"`],
  ["get pods/status/x", `"pods/status/x" is no subresource; allowed is one after a "/", such as "pods/status"`],
  [
    "get pods in Prod",
    `"Prod" is no namespace; allowed is the name of a namespace: lower-case letters, digits and "-"`,
  ],
  [
    "get */*",
    `"*" is no resource; allowed is a resource name as kubectl takes it, such as "pods", "deployments.apps" or "certificates.v1.cert-manager.io"`,
  ],
];

for (const [rule, fact] of REFUSED_RULES) {
  test(`allow.kube entry "${rule}" is refused`, () => {
    const reason = `Cannot use option "allow.kube[0]": got "${rule}"; ${fact}`;
    assert.deepEqual(reasons({ allow: { kube: [rule] } }), [reason]);
  });
}

test("a resource that is no name is refused", () => {
  for (const resource of [null, 7, "", "my pods", "pods/status"]) {
    assert.match(reasons({}, resource)[0] ?? "", /^Cannot use option "resource": got .*; allowed is a resource name/);
  }
});

for (const resource of ["secrets", "Secret", "leases", "leases.v1.coordination.k8s.io", "ev", "events.events.k8s.io"]) {
  test(`a handler on "${resource}" needs a filter or everything`, () => {
    assert.match(reasons({}, resource)[0] ?? "", /would get every one in the cluster; add "names"/);
    assert.deepEqual(reasons({ everything: true }, resource), []);
    assert.deepEqual(reasons({ namespaces: ["prod"] }, resource), []);
    assert.deepEqual(reasons({ names: ["tls-*"] }, resource), []);
  });
}

test("an empty selector is no filter", () => {
  assert.match(reasons({ labelSelector: " " }, "secrets")[0] ?? "", /would get every one/);
});

test("a custom resource whose name resembles a secret needs no filter", () => {
  assert.deepEqual(reasons({}, "secrets.example.com"), []);
});

for (const resource of ["secrets", "events", "leases.coordination.k8s.io"]) {
  test(`a lister of "${resource}" needs a selector, the handler's namespaces, or everything`, () => {
    const fact = `a lister of "${resource}" would read every one in the cluster; give it a "labelSelector", or the handler "namespaces", or say everything: true`;
    assert.deepEqual(reasons({ listers: [resource] }), [`Cannot use option "listers": ${fact}`]);
    assert.deepEqual(reasons({ listers: { own: { resource } } }), [`Cannot use option "listers.own": ${fact}`]);
    assert.deepEqual(reasons({ listers: { own: { resource, labelSelector: "app=web" } } }), []);
    assert.deepEqual(reasons({ listers: [resource], namespaces: ["prod"] }), []);
    assert.deepEqual(reasons({ listers: [resource], everything: true }), []);
  });
}

test("what selects a handler's events does not narrow its listers", () => {
  const options = { names: ["tls-*"], labelSelector: "app=web", listers: ["secrets"] };
  assert.match(reasons(options, "secrets")[0] ?? "", /a lister of "secrets" would read every one/);
});
