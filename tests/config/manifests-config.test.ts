import assert from "node:assert/strict";
import { test } from "node:test";
import { type ManifestsConfig, type ManifestsFlags, resolveManifestsConfig } from "#config/manifests-config.ts";

const WORLD = { cwd: "/work", version: "1.2.3" };

function configOf(flags: ManifestsFlags): ManifestsConfig {
  const result = resolveManifestsConfig(flags, WORLD);
  assert.ok(result.type === "ok", JSON.stringify(result));
  return result.config;
}

function complaint(flags: ManifestsFlags): string {
  const result = resolveManifestsConfig(flags, WORLD);
  assert.ok(result.type === "invalid", JSON.stringify(result));
  return result.message;
}

test("manifests without flags are of handlers/, in namespace informd, mounted, for all namespaces, and ask no cluster", () => {
  assert.deepEqual(configOf({}), {
    handlers: "/work/handlers",
    namespace: "informd",
    existingNamespace: false,
    watchNamespace: undefined,
    name: "informd",
    image: "informd:1.2.3",
    load: "mount",
    hostMemoryBytes: undefined,
    monitoring: false,
    monitoringLabels: {},
    scopes: [],
    crds: [],
    cluster: undefined,
  });
});

test("manifests ask a cluster if a kubeconfig or a context is named", () => {
  assert.deepEqual(configOf({ kubeconfig: "k" }).cluster, { kubeconfig: "/work/k", context: undefined });
  assert.deepEqual(configOf({ context: "prod" }).cluster, { kubeconfig: undefined, context: "prod" });
});

test("the scope of a custom kind is told with its group, with or without a version", () => {
  const scope = ["certificates.cert-manager.io=Namespaced", "widgets.v1beta1.example.com=Cluster"];
  assert.deepEqual(configOf({ scope }).scopes, [
    { plural: "certificates", group: "cert-manager.io", namespaced: true },
    { plural: "widgets", group: "example.com", namespaced: false },
  ]);
});

test("definitions of custom kinds are named by paths of the working directory, or - for standard input", () => {
  assert.deepEqual(configOf({ crds: ["crds", "/etc/crds", "-"] }).crds, ["/work/crds", "/etc/crds", "-"]);
});

test("definitions and a cluster together are refused", () => {
  assert.equal(
    complaint({ crds: ["crds"], kubeconfig: "k" }),
    "Cannot use --crds with --kubeconfig: the cluster tells of kinds itself. Leave one of them out.",
  );
  assert.match(complaint({ crds: ["crds"], context: "c" }), /^Cannot use --crds with --context: /);
  assert.match(complaint({ scope: ["a.example.com=Cluster"], context: "c" }), /^Cannot use --scope with --context: /);
});

test("a label for what monitors asks for monitoring too", () => {
  const { monitoring, monitoringLabels } = configOf({
    monitoringLabel: ["release=prometheus", "example.com/team=ops"],
  });
  assert.deepEqual(monitoringLabels, { release: "prometheus", "example.com/team": "ops" });
  assert.equal(monitoring, true);
});

for (const [flags, start] of [
  [{ handlers: "" }, 'Cannot use --handlers "": it is empty.'],
  [{ handlers: "configmap/ops/handlers" }, 'Cannot use --handlers "configmap/ops/handlers" here: only "informd start"'],
  [{ namespace: "a,b" }, 'Cannot use --namespace "a,b": it takes the name of one namespace'],
  [{ watchNamespace: "" }, 'Cannot use --watch-namespace "": it takes the name of one namespace'],
  [{ name: "9lives" }, 'Cannot use --name "9lives": it takes lower-case letters'],
  [{ image: "a b" }, 'Cannot use --image "a b": it takes the name of an image.'],
  [{ load: "git" }, 'Cannot use --load "git": it takes mount, api or configmaps.'],
  [{ memory: "lots" }, 'Cannot use --memory "lots": it takes a quantity such as 512Mi or 2Gi.'],
  [{ memory: "0" }, 'Cannot use --memory "0": it takes a quantity'],
  [
    { scope: ["widgets=Cluster"] },
    'Cannot use --scope "widgets=Cluster": it takes PLURAL.GROUP=Namespaced or =Cluster',
  ],
  [{ scope: ["widgets.example.com=cluster"] }, 'Cannot use --scope "widgets.example.com=cluster": it takes'],
  [{ monitoringLabel: ["release"] }, 'Cannot use --monitoring-label "release": it takes KEY=VALUE, such as'],
  [{ monitoringLabel: ["a=b=c"] }, 'Cannot use --monitoring-label "a=b=c": it takes KEY=VALUE'],
  [{ monitoringLabel: ["-a=b"] }, 'Cannot use --monitoring-label "-a=b": it takes KEY=VALUE'],
] as const) {
  test(`manifests refuse ${JSON.stringify(flags)} and say what they take`, () => {
    assert.ok(complaint(flags).startsWith(start), complaint(flags));
  });
}
