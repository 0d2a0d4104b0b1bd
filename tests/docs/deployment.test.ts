import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { DocumentedCommands } from "../support/documented-commands.ts";
import { KUBECTL } from "../support/kubectl.ts";

const IMAGE = "docker build --file manifests/Dockerfile --tag informd:0.1.0 .";
const IMAGE_TEST = "tests/integration/image.test.ts";
const WIDGETS = join(import.meta.dirname, "..", "fixtures", "custom-types", "crds", "widget.yaml");
const NEEDS_CONTAINERS = "a cluster that runs containers";
const skip = KUBECTL === undefined ? "needs kubectl: KUBEBUILDER_ASSETS names no folder with it" : false;

suite("the commands of docs/deployment.md, in a fresh checkout", { timeout: 300_000, skip }, () => {
  const document = new DocumentedCommands("docs/deployment.md");
  after(() => document[Symbol.dispose]());

  test("make what the cluster takes and rolls out", async () => {
    await using cluster = document.startOther("npx informd cluster");
    await cluster.until(/^kubectl /m);
    document.nameCluster("staging");
    assert.match(await document.run("npx informd check --context staging"), /^pod-added +pods +added /m);
    await document.run("npx informd manifests -n informd > informd.yaml");
    await document.run("kubectl apply --server-side -f informd.yaml");
    assert.match(
      await document.run("kubectl -n informd rollout status deployment/informd"),
      /^deployment "informd" successfully rolled out$/m,
    );
    await document.run("npx informd manifests -n informd --monitoring-label release=prometheus > informd.yaml");
    assert.match(
      readFileSync(join(document.checkout.path, "informd.yaml"), "utf8"),
      /^kind: ServiceMonitor\n[^]*\n {4}release: prometheus\n[^]*^kind: PrometheusRule\n[^]*\n {4}release: prometheus\n/m,
    );
    await document.run("kubectl get events");
    assert.match(await document.run("npx informd bundle"), /^3 files in dist\/handlers: /m);
    assert.match(
      await document.run("kubectl -n informd label configmap informd-handlers informd.io/handlers=true"),
      /configmap\/informd-handlers labeled/,
    );
  });

  test("make the rights on custom kinds of their definitions", async () => {
    document.checkout.write("crds/widget.yaml", readFileSync(WIDGETS, "utf8"));
    document.checkout.write(
      "handlers/widget-sized.ts",
      'import { on } from "informd";\nexport default on("widgets.example.com", () => {});\n',
    );
    await using cluster = document.startOther("npx informd cluster");
    await cluster.until(/^kubectl /m);
    document.nameCluster("staging");
    const rights = (): string => readFileSync(join(document.checkout.path, "informd.yaml"), "utf8");
    await document.run("npx informd manifests -n informd --crds crds/ > informd.yaml");
    assert.match(rights(), /^ {6}- example\.com\n {4}resources:\n {6}- widgets\n/m);
    const kubectl = document.startOther(
      "kubectl create -f crds/widget.yaml && kubectl wait --for=condition=Established crd/widgets.example.com",
    );
    await kubectl.until(/condition met$/m);
    await document.run("kubectl get crds -o yaml | npx informd manifests -n informd --crds - > informd.yaml");
    assert.match(rights(), /^ {6}- example\.com\n {4}resources:\n {6}- widgets\n/m);
  });

  test("are each run by a test", () =>
    document.assertAllRan({
      [IMAGE]: IMAGE_TEST,
      "kubectl -n informd logs deployment/informd": NEEDS_CONTAINERS,
      "kubectl get prometheus --all-namespaces -o jsonpath='{.items[*].spec.serviceMonitorSelector}{.items[*].spec.ruleSelector}'":
        "the Prometheus operator",
      "kubectl apply": "part of a sentence",
      "kubectl describe configmap informd-handlers": "tests/integration/config-map-handlers.test.ts",
      "kubectl annotate pod NAME touched=$(date +%s) --overwrite": "a kubelet",
    }));
});

suite("the commands of manifests/README.md, in a fresh checkout", { timeout: 300_000, skip }, () => {
  const document = new DocumentedCommands("manifests/README.md");
  after(() => document[Symbol.dispose]());

  test("make what the cluster takes and rolls out", async () => {
    await using cluster = document.startOther("npx informd cluster");
    await cluster.until(/^kubectl /m);
    document.nameCluster("staging");
    await document.run("kubectl apply --server-side -f manifests/informd.yaml");
    await document.run("kubectl -n informd rollout status deployment/informd");
    await document.run(
      "npx informd manifests --handlers handlers --namespace watchers --image informd:mine > watchers.yaml",
    );
    assert.match(
      await document.run("kubectl apply --server-side -f watchers.yaml"),
      /deployment\.apps\/informd serverside-applied/,
    );
    await document.run("kubectl get role,rolebinding --all-namespaces --field-selector metadata.name=informd:informd");
    assert.match(
      await document.run("kubectl delete clusterrole,clusterrolebinding --ignore-not-found informd:informd"),
      /clusterrole\.rbac\.authorization\.k8s\.io "informd:informd" deleted/,
    );
  });

  test("are each run by a test", () =>
    document.assertAllRan({ [IMAGE]: IMAGE_TEST, "kubectl -n informd logs deployment/informd": NEEDS_CONTAINERS }));
});
