import { parseJson } from "#kernel/json-value.ts";
import { shownJson } from "../ask.ts";
import { configMap, deployment, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** Comes first: it reads what a new cluster has. */
export const reading: Scenario = {
  name: "reading",
  async play(session) {
    await aNewCluster(session);
    await session.quietly("create -f -", [deployment("web"), pod("p1"), configMap("cfg1"), configMap("cfg2")]);
    await oneDeployment(session);
    await manyObjects(session);
  },
};

async function aNewCluster(session: Session): Promise<void> {
  await session.kubectl("a new cluster has its namespaces", "get ns", {
    expect: [/^default +Active/m, /^kube-node-lease +Active/m, /^kube-public +Active/m, /^kube-system +Active/m],
  });
  await session.kubectl("get all shows the service of the API", "get all -A", {
    expect: /service\/kubernetes +ClusterIP +10\.96\.0\.1 +<none> +443\/TCP/,
  });
  await session.kubectl("lists come in chunks", "get ns --chunk-size=2", { expect: /kube-system/ });
}

async function oneDeployment(session: Session): Promise<void> {
  const deploy = "get deploy web";
  await session.kubectl("a Deployment has its columns", deploy, { expect: /NAME +READY +UP-TO-DATE +AVAILABLE +AGE/ });
  await session.kubectl("a Deployment has its wide columns", `${deploy} -o wide`, {
    expect: /CONTAINERS +IMAGES +SELECTOR/,
  });
  await session.kubectl("a Deployment as JSON", `${deploy} -o json`);
  await session.kubectl("a Deployment as YAML", `${deploy} -o yaml --show-managed-fields`);
  await session.kubectl("a Deployment by name", `${deploy} -o name`, { expect: "deployment.apps/web" });
  await session.kubectl("a part of a Deployment", `${deploy} -o jsonpath={.spec.replicas}`);
  await session.kubectl("a Deployment in own columns", `${deploy} -o custom-columns=N:.metadata.name,R:.spec.replicas`);
  await session.kubectl("a Deployment with its labels", `${deploy} --show-labels -L app`, { expect: /LABELS/ });
  await session.kubectl("Deployments in order", "get deploy --sort-by=.metadata.name");
  await session.kubectl("a Deployment printed by kubectl", `${deploy} --server-print=false`);
  await session.kubectl("the status of a Deployment", `${deploy} --subresource=status -o yaml`);
  await session.kubectl("the scale of a Deployment", `${deploy} --subresource=scale -o yaml`);
}

async function manyObjects(session: Session): Promise<void> {
  await session.kubectl("get all of a namespace", "get all");
  await session.kubectl("ConfigMaps", "get configmap cfg1 cfg2");
  await session.kubectl("ConfigMaps as YAML", "get configmap cfg1 cfg2 -o yaml");
  await session.kubectl("pods", "get pods -o wide");
  await session.kubectl("pods by label", "get deploy,pods -l app=web");
  await session.kubectl("a deprecated resource", "get endpoints nope", {
    expect: "Warning: v1 Endpoints is deprecated",
  });
  await session.kubectl("nothing", "get secrets", { expect: "No resources found in reading namespace." });
  await session.kubectl("an object that is not there", "get cm nope", { expect: 'configmaps "nope" not found' });
  await session.kubectl("a resource that is not there", "get nopes", {
    expect: "the server doesn't have a resource type",
  });
  const raw = await session.quietly("get --raw /api/v1/namespaces/reading/configmaps/cfg1");
  session.record("a raw path", shownJson(parseJson(raw)));
  await session.kubectl("an unsupported field selector", "get cm --field-selector=data.x=1", {
    expect: '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  });
  await session.kubectl("an unsupported field selector of pods", "get pods --field-selector=data.x=1", {
    expect: "field label not supported: data.x",
  });
  await session.kubectl("a field selector", "get pods --field-selector=status.phase=Pending -o name", {
    expect: "pod/p1",
  });
  await session.kubectl("a broken label selector", "get --raw '/api/v1/pods?labelSelector=a%20in%20(b'");
  await session.kubectl("a broken label selector of kubectl", "get pods -l 'a in (b'", { expect: "exit code 1" });
  await session.kubectl("all resources", "api-resources --no-headers -o wide");
  await session.kubectl("all versions", "api-versions");
  await session.kubectl("who I am", "auth can-i create pods", { expect: "yes" });
  await session.kubectl("logs of a pod that does not run", "logs p1");
  await session.kubectl("no command in a pod that does not run", "exec p1 -- ls", {
    expect: "does not have a host assigned",
  });
  await session.kubectl("no command in a pod that is not there", "exec nope -- ls");
  await session.kubectl("no port of a pod that does not run", "port-forward p1 8080");
  await session.kubectl("no attachment to a pod that does not run", "attach p1");
  await session.kubectl("no metrics", "top pods", { expect: "Metrics API not available" });
  await session.kubectl("no events", "events");
  await session.kubectl("cluster-info", "cluster-info");
}
