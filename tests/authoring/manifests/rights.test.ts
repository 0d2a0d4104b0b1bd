import assert from "node:assert/strict";
import { test } from "node:test";
import { policyRules, type ScopedRules } from "#authoring/manifests/policy-rules.ts";
import { namedResources, rightsOfHandler, rightsOfRuntime } from "#authoring/manifests/rights.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { HandlerOptions } from "#handler-api/options.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { optionsOf } from "../../support/handler-options.ts";

interface Shape extends HandlerOptions {
  readonly on: string;
}

function rulesFor(handlers: readonly Shape[], watchNamespace?: string): ScopedRules[] {
  return policyRules(
    handlers.flatMap(({ on, ...options }) => {
      const resolved = optionsOf(on, options);
      const resources = new Map(namedResources(resolved).map((name) => [name, found(name)]));
      return rightsOfHandler(resolved, resources, watchNamespace);
    }),
  );
}

function found(name: string): ApiResource {
  const resolution = resolveResourceName(name, builtInResources);
  assert.ok(resolution.type === "found", name);
  return resolution.resource;
}

/** `pods: list,watch` and so on, by namespace. */
function told(scopes: readonly ScopedRules[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    scopes.map(({ namespace = "everywhere", rules }) => [
      namespace,
      rules.map(
        ({ apiGroups, resources, resourceNames = [], verbs }) =>
          `${resources.map((one) => [one, ...apiGroups.filter((group) => group !== "")].join(".")).join("+")}${resourceNames.map((name) => `[${name}]`).join("")} ${verbs.join(",")}`,
      ),
    ]),
  );
}

test("a handler gets list and watch of its resource, by whatever name it calls it", () => {
  for (const on of ["deployments.apps", "deploy", "Deployment", "deployments.v1.apps"]) {
    assert.deepEqual(told(rulesFor([{ on }])), { everywhere: ["deployments.apps list,watch"] });
  }
});

test("a handler that names namespaces gets rights there, and none in the cluster", () => {
  assert.deepEqual(told(rulesFor([{ on: "pods", namespaces: ["prod", "dev"] }])), {
    dev: ["pods list,watch"],
    prod: ["pods list,watch"],
  });
});

test("a handler that names no namespaces gets rights in the runtime's, if there is one", () => {
  assert.deepEqual(told(rulesFor([{ on: "pods", allow: { kube: ["delete pods"] } }], "prod")), {
    prod: ["pods list,watch,delete"],
  });
});

test("a resource without namespaces needs a right in the cluster, whatever namespaces there are", () => {
  assert.deepEqual(told(rulesFor([{ on: "nodes", listers: ["pods"] }], "prod")), {
    everywhere: ["nodes list,watch"],
    prod: ["pods list,watch"],
  });
});

test("listers need list and watch where the handler is", () => {
  const listers = { web: { resource: "pods", labelSelector: "app=web" }, nodes: { resource: "nodes" } };
  assert.deepEqual(told(rulesFor([{ on: "services", namespaces: ["prod"], listers }])), {
    everywhere: ["nodes list,watch"],
    prod: ["pods+services list,watch"],
  });
});

test("an entry of allow.kube becomes its verbs on its resource and subresource, where it says or where the handler is", () => {
  const kube = [
    "create events",
    "create pods/eviction",
    "patch deployments.apps/scale",
    "get,list configmaps in audit",
  ];
  assert.deepEqual(told(rulesFor([{ on: "pods", namespaces: ["prod"], allow: { kube } }])), {
    audit: ["configmaps get,list"],
    prod: ["events+pods/eviction create", "pods list,watch", "deployments/scale.apps patch"],
  });
});

test("a handler of cluster-scoped objects may create Events where those about them go, wherever else it is kept to", () => {
  const kube = ["create,patch events", "delete pods"];
  assert.deepEqual(told(rulesFor([{ on: "nodes", allow: { kube } }], "prod")), {
    everywhere: ["nodes list,watch"],
    default: ["events create"],
    prod: ["events create,patch", "pods delete"],
  });
  assert.deepEqual(told(rulesFor([{ on: "nodes", allow: { kube: ["create events in prod"] } }], "prod")), {
    everywhere: ["nodes list,watch"],
    prod: ["events create"],
  });
  assert.deepEqual(told(rulesFor([{ on: "pods", allow: { kube: ["create events"] } }], "prod")), {
    prod: ["events create", "pods list,watch"],
  });
});

test("an entry that names a namespace for a resource without one grants nothing, as at run time", () => {
  assert.deepEqual(told(rulesFor([{ on: "pods", allow: { kube: ["patch nodes in prod"] } }])), {
    everywhere: ["pods list,watch"],
  });
});

test("a field selector for one object gives rights on that object alone", () => {
  const selected = { on: "secrets", namespaces: ["prod"], fieldSelector: "metadata.name=tls,type!=Opaque" };
  assert.deepEqual(told(rulesFor([selected])), { prod: ["secrets[tls] list,watch"] });
  const others = { ...selected, fieldSelector: "metadata.name!=tls" };
  assert.deepEqual(told(rulesFor([others])), { prod: ["secrets list,watch"] });
});

test("what is granted in the cluster is not granted again in a namespace, nor for one object", () => {
  const handlers = [
    { on: "pods" },
    { on: "pods", namespaces: ["prod"], allow: { kube: ["delete pods"] } },
    { on: "pods", fieldSelector: "metadata.name=web-0" },
  ];
  assert.deepEqual(told(rulesFor(handlers)), { everywhere: ["pods list,watch"], prod: ["pods delete"] });
});

test("the runtime may write Events in its own namespace, and read the ConfigMap of its handlers if it watches it, or all if it looks for labelled ones", () => {
  const namespace = "ops";
  assert.deepEqual(told(policyRules(rightsOfRuntime({ load: "mount", namespace }, "map"))), {
    ops: ["events create,patch"],
  });
  assert.deepEqual(told(policyRules(rightsOfRuntime({ load: "api", namespace }, "map"))), {
    ops: ["configmaps[map] get,list,watch", "events create,patch"],
  });
  assert.deepEqual(told(policyRules(rightsOfRuntime({ load: "configmaps", namespace }, "map"))), {
    ops: ["configmaps get,list,watch", "events create,patch"],
  });
});
