import assert from "node:assert/strict";
import * as fc from "fast-check";
import { test } from "node:test";
import { policyRules, type ScopedRules } from "#authoring/manifests/policy-rules.ts";
import { namedResources, rightsOfHandler, rightsOfRuntime } from "#authoring/manifests/rights.ts";
import type { HandlerOptions } from "#handler-api/options.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import { grantedRequests, isGranted, type Request } from "../../support/granted.ts";
import { optionsOf } from "../../support/handler-options.ts";

const NAMESPACES = ["dev", "ops", "prod"] as const;
const RESOURCES = ["pods", "po", "deployments.apps", "nodes", "secrets", "configmaps", "ns", "events", "jobs.v1.batch"];
const TARGETS = [
  ...RESOURCES,
  "deployments.apps/scale",
  "pods/status",
  "pods/exec",
  "pods/eviction",
  "nodes/proxy",
  "roles.rbac.authorization.k8s.io",
];
const VERBS = ["get", "list", "create", "patch", "delete"];

const namespaces = fc.option(fc.subarray([...NAMESPACES], { minLength: 1 }), { nil: undefined });
const entry = fc
  .record({
    verbs: fc.subarray(VERBS, { minLength: 1 }),
    target: fc.constantFrom(...TARGETS),
    namespace: fc.option(fc.constantFrom(...NAMESPACES), { nil: undefined }),
  })
  .map(
    ({ verbs, target, namespace }) =>
      `${verbs.join(",")} ${target}${namespace === undefined ? "" : ` in ${namespace}`}`,
  );

const handler: fc.Arbitrary<ResolvedOptions> = fc
  .record({
    resource: fc.constantFrom(...RESOURCES),
    namespaces,
    fieldSelector: fc.option(fc.constantFrom("metadata.name=one", "metadata.name!=one"), { nil: undefined }),
    listers: fc.subarray(RESOURCES, { maxLength: 2 }),
    kube: fc.uniqueArray(entry, { maxLength: 3 }),
  })
  .map(({ resource, namespaces, fieldSelector, listers, kube }) => {
    const options: HandlerOptions = {
      everything: true,
      ...(kube.length > 0 && { allow: { kube } }),
      listers: Object.fromEntries(listers.map((name, index) => [`l${index}`, { resource: name }])),
      ...(namespaces && { namespaces }),
      ...(fieldSelector !== undefined && { fieldSelector }),
    };
    return optionsOf(resource, options);
  });

const runtime = fc.record({
  load: fc.constantFrom("mount" as const, "api" as const, "configmaps" as const),
  watchNamespace: fc.option(fc.constantFrom(...NAMESPACES), { nil: undefined }),
  handlers: fc.array(handler, { minLength: 1, maxLength: 5 }),
});
type Runtime = typeof runtime extends fc.Arbitrary<infer T> ? T : never;

const RUNS = { seed: 20_261_128, numRuns: 2_000 };
const OWN_NAMESPACE = "informd";

function rulesOf({ load, watchNamespace, handlers }: Runtime): ScopedRules[] {
  return policyRules([
    ...rightsOfRuntime({ load, namespace: OWN_NAMESPACE }, "informd-handlers"),
    ...handlers.flatMap((options) => rightsOfHandler(options, resourcesOf(options), watchNamespace)),
  ]);
}

function resourcesOf(options: ResolvedOptions): Map<string, ApiResource> {
  return new Map(namedResources(options).map((name) => [name, resource(name)]));
}

function resource(name: string): ApiResource {
  const resolution = resolveResourceName(name, builtInResources);
  assert.ok(resolution.type === "found", name);
  return resolution.resource;
}

/** What the runtime asks the API server for, told in another way than the manifests do. */
function neededBy({ load, watchNamespace, handlers }: Runtime): Request[] {
  const own = (verb: string, of: string, name?: string): Request => ({
    verb,
    group: "",
    resource: of,
    namespace: OWN_NAMESPACE,
    name,
  });
  const needed = [own("create", "events"), own("patch", "events")];
  if (load !== "mount") {
    const map = load === "api" ? "informd-handlers" : undefined;
    for (const verb of ["get", "list", "watch"]) needed.push(own(verb, "configmaps", map));
  }
  for (const { resource: name, namespaces, fieldSelector, listers, allow } of handlers) {
    const places = namespaces ?? (watchNamespace === undefined ? [undefined] : [watchNamespace]);
    const add = (
      verbs: readonly string[],
      of: string,
      where: readonly (string | undefined)[],
      subresource = "",
      one?: string,
    ) => {
      const { group, plural, namespaced } = resource(of);
      for (const verb of verbs) {
        for (const namespace of namespaced ? where : [undefined])
          needed.push({ verb, group, resource: `${plural}${subresource}`, namespace, name: one });
      }
    };
    add(["list", "watch"], name, places, "", fieldSelector === "metadata.name=one" ? "one" : undefined);
    for (const lister of Object.values(listers)) add(["list", "watch"], lister.resource, places);
    for (const { verbs, resource: of, subresource, namespace } of allow.kube) {
      if (namespace !== undefined && !resource(of).namespaced) continue;
      const tellsOfCluster =
        of === "events" && subresource === undefined && verbs.includes("create") && !resource(name).namespaced;
      if (tellsOfCluster && namespace === undefined && places[0] !== undefined) add(["create"], of, ["default"]);
      add(
        verbs,
        of,
        namespace === undefined ? places : [namespace],
        subresource === undefined ? "" : `/${subresource}`,
      );
    }
  }
  return needed;
}

test("every request that the runtime makes for its handlers is granted", () => {
  fc.assert(
    fc.property(runtime, (one) => {
      const rules = rulesOf(one);
      for (const request of neededBy(one)) assert.ok(isGranted(rules, request), JSON.stringify(request));
    }),
    RUNS,
  );
});

test("nothing is granted that the runtime does not ask for", () => {
  fc.assert(
    fc.property(runtime, (one) => {
      const needed = new Set(neededBy(one).map(textOf));
      for (const request of grantedRequests(rulesOf(one))) assert.ok(needed.has(textOf(request)), textOf(request));
    }),
    RUNS,
  );
});

test("nothing is granted twice", () => {
  fc.assert(
    fc.property(runtime, (one) => {
      const rules = rulesOf(one);
      const granted = grantedRequests(rules);
      assert.equal(new Set(granted.map(textOf)).size, granted.length);
      const inCluster = rules.filter(({ namespace }) => namespace === undefined);
      for (const request of granted) {
        if (request.namespace !== undefined) assert.ok(!isGranted(inCluster, request), textOf(request));
      }
    }),
    RUNS,
  );
});

test("no rule has a wildcard, and none of a dangerous right is there unless a handler names it", () => {
  fc.assert(
    fc.property(runtime, (one) => {
      const named = new Set(one.handlers.flatMap(writtenTargets));
      for (const { verb, group, resource } of grantedRequests(rulesOf(one))) {
        assert.ok(![verb, group, resource].some((part) => part.includes("*")));
        assert.ok(["get", "list", "watch", "create", "patch", "delete"].includes(verb), verb);
        const isDangerous = ["secrets", "pods/exec", "nodes/proxy"].includes(resource) || group.startsWith("rbac.");
        if (isDangerous) assert.ok(named.has(resource), resource);
      }
    }),
    RUNS,
  );
});

function writtenTargets(options: ResolvedOptions): string[] {
  const { allow } = options;
  const subresources = allow.kube.map((rule) => `${resource(rule.resource).plural}/${rule.subresource ?? ""}`);
  return [...namedResources(options).map((name) => resource(name).plural), ...subresources];
}

test("the order of handlers and of their entries changes nothing", () => {
  fc.assert(
    fc.property(runtime, (one) => {
      const turned = one.handlers.toReversed().map((options) => ({
        ...options,
        allow: { ...options.allow, kube: options.allow.kube.toReversed() },
      }));
      assert.deepEqual(rulesOf({ ...one, handlers: turned }), rulesOf(one));
    }),
    RUNS,
  );
});

function textOf({ verb, group, resource, namespace = "", name = "" }: Request): string {
  return [verb, resource, group, namespace, name].join(" ");
}
