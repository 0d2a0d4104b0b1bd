import { configMap, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

export const creating: Scenario = {
  name: "creating",
  async play(session) {
    await fromFiles(session);
    await whatIsRefused(session);
    for (const [noun, line] of NOUNS) await session.kubectl(`create makes a ${noun}`, line, { expect: "created" });
    await session.kubectl("what was created is as it was meant", `get ${MADE.join(" ")} -o yaml`);
  },
};

async function fromFiles(session: Session): Promise<void> {
  const input = configMap("cfg1");
  await session.kubectl("a ConfigMap is created from a file", "create -f -", {
    input,
    expect: "configmap/cfg1 created",
  });
  await session.kubectl("it cannot be created twice", "create -f -", {
    input,
    expect: ["(AlreadyExists)", 'configmaps "cfg1" already exists', "exit code 1"],
  });
  await session.kubectl("several objects come in one file", "create -f -", {
    input: [configMap("several-1"), configMap("several-2"), pod("several-3")],
  });
  await session.kubectl("a name is generated", "create -f -", {
    input: { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "gen-" } },
    expect: "configmap/gen-SUFFIX created",
  });
  await session.kubectl("a pod is started", "run p1 --image=busybox", { expect: "pod/p1 created" });
  await session.kubectl("a pod is exposed", "expose pod p1 --port=80 --target-port=8080", {
    expect: "service/p1 exposed",
  });
  await session.kubectl("a dry run on the client creates nothing", "create -f - --dry-run=client", {
    input: configMap("dry"),
  });
  await session.kubectl("a dry run on the server creates nothing", "create -f - --dry-run=server", {
    input: configMap("dry"),
    expect: "created (server dry run)",
  });
  await session.kubectl("what was created dry is not there", "get configmap dry", { expect: "(NotFound)" });
}

async function whatIsRefused(session: Session): Promise<void> {
  const containers = [{ name: "main", image: "busybox", imagee: "busybox" }];
  await session.kubectl("an unknown field is refused", "create -f -", {
    input: pod("unknown", { spec: { containers } }),
    expect: 'strict decoding error: unknown field "spec.containers[0].imagee"',
  });
  await session.kubectl("an unknown field warns if so wished", "create --validate=warn -f -", {
    input: pod("warned", { spec: { containers } }),
    expect: 'Warning: unknown field "spec.containers[0].imagee"',
  });
  await session.kubectl("an unknown field is ignored if so wished", "create --validate=false -f -", {
    input: pod("ignored", { spec: { containers } }),
  });
  await session.kubectl("a bad name is refused", "create -f -", {
    input: configMap("X_"),
    expect: "RFC 1123 subdomain",
  });
  await session.kubectl("a namespace that is not there is refused", "create -n nope -f -", {
    input: configMap("cfg1"),
    expect: 'namespaces "nope" not found',
  });
  await session.kubectl("another namespace than the asked one is refused", "create -n default -f -", {
    input: configMap("cfg1", {}, { namespace: "creating" }),
  });
  await session.kubectl("a boolean is no text", "create -f -", {
    input: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yes-no}\ndata: {a: true}\n",
    expect: "exit code 1",
  });
  await session.kubectl("a number is no map", "create -f -", {
    input: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yes-no}\ndata: 7\n",
  });
  await session.kubectl("a kind that is not there is refused", "create -f -", {
    input: { apiVersion: "example.com/v1", kind: "Nothing", metadata: { name: "x" } },
    expect: 'no matches for kind "Nothing"',
  });
  await session.kubectl("a pod without containers is refused", "create -f -", {
    input: pod("empty", { spec: { containers: [] } }),
    expect: "spec.containers: Required value",
  });
  await session.kubectl("a Deployment whose selector misses its template is refused", "create -f -", {
    input: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "bad" },
      spec: {
        selector: { matchLabels: { app: "a" } },
        template: { metadata: { labels: { app: "b" } }, spec: { containers: [{ name: "c", image: "i" }] } },
      },
    },
  });
  await session.kubectl("a Service without ports is refused", "create -f -", {
    input: { apiVersion: "v1", kind: "Service", metadata: { name: "bad" }, spec: {} },
  });
}

const NOUNS: readonly (readonly [string, string])[] = [
  ["namespace", "create ns creating-2"],
  ["ConfigMap in another namespace", "create cm x -n creating-2 --from-literal=a=b"],
  ["Secret", "create secret generic s --from-literal=a=b"],
  ["TLS Secret", "create secret tls cert --cert=tests/fixtures/tls/loopback.pem --key=tests/fixtures/tls/loopback.key"],
  ["ServiceAccount", "create serviceaccount robot"],
  ["Deployment", "create deployment web --image=nginx:1 --replicas=3 --port=80"],
  ["Job", "create job once --image=busybox -- date"],
  ["CronJob", "create cronjob nightly --image=busybox '--schedule=0 3 * * *' -- date"],
  ["Role", "create role reader --verb=get,list --resource=pods,deployments.apps"],
  ["RoleBinding", "create rolebinding readers --role=reader --user=ann --serviceaccount=creating:robot"],
  ["ClusterRole", "create clusterrole creating-metrics --verb=get --non-resource-url=/metrics"],
  ["ClusterRoleBinding", "create clusterrolebinding creating-admins --clusterrole=cluster-admin --user=ann"],
  ["Ingress", "create ingress shop --class=nginx --rule=shop.example.com/api*=api:80"],
  ["quota", "create quota limits --hard=cpu=1,memory=1Gi,pods=10"],
  ["PodDisruptionBudget", "create poddisruptionbudget half --selector=app=web --max-unavailable=50%"],
  ["PriorityClass", "create priorityclass creating-high --value=1000 --description=important"],
  ["ClusterIP Service", "create service clusterip inside --tcp=80:8080 --tcp=443"],
  ["headless Service", "create service clusterip headless --clusterip=None"],
  ["NodePort Service", "create service nodeport outside --tcp=80:8080"],
  ["LoadBalancer Service", "create service loadbalancer edge --tcp=80:8080"],
  ["ExternalName Service", "create service externalname other --external-name=example.com"],
];

const MADE = [
  "pod/p1 deployment/web job/once cronjob/nightly ingress/shop secret/s quota/limits pdb/half rolebinding/readers",
  "clusterrole/creating-metrics priorityclass/creating-high serviceaccount/robot namespace/creating-2",
  "service/inside service/headless service/outside service/edge service/other",
];
