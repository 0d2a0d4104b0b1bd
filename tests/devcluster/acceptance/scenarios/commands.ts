import { configMap, deployment, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";

/** Whatever else kubectl is used for, one command line after the other. */
export const commands: Scenario = {
  name: "commands",
  async play(session) {
    await session.quietly("create -f -", [deployment("web"), pod("p1"), configMap("cfg1")]);
    await session.quietly("create sa robot");
    for (const [step, line] of LINES) await session.kubectl(step, line);
  },
};

const patch = (object: string, body: object, type = "strategic"): string =>
  `patch ${object} --type=${type} -p '${JSON.stringify(body)}'`;
const inTemplate = (containers: readonly object[]): object => ({ spec: { template: { spec: { containers } } } });

const LINES: readonly (readonly [string, string])[] = [
  ["objects are described", "describe ns/commands sa/robot deploy/web pod/p1 cm/cfg1"],
  ["a Deployment is exposed", "expose deploy web --port=80 --type=NodePort"],
  ["a Service becomes a ClusterIP one", patch("svc web", { spec: { type: "ClusterIP" } })],
  ["a Service becomes a load balancer", patch("svc web", { spec: { type: "LoadBalancer" } })],
  ["a Service keeps its address", patch("svc web", { spec: { clusterIP: "10.96.99.99" } })],
  ["a Service after its changes", "get svc web -o yaml"],
  ["a CronJob is made", "create cronjob c --image=x --schedule=@daily"],
  ["a Job is made from a CronJob", "create job j --from=cronjob/c"],
  ["a Job from a CronJob", "get job j -o yaml"],
  ["a service account is set", "set serviceaccount deploy web robot"],
  ["a selector is set", "set selector svc web a=b"],
  ["a role is made", "create role r --verb=get --resource=pods"],
  ["a role is bound", "create rolebinding rb --role=r --user=u"],
  ["a subject is added", "set subject rolebinding rb --group=g"],
  ["roles are described", "describe role/r rolebinding/rb"],
  ["nothing is undone without a history", "rollout undo deploy web"],
  ["a rollout is restarted", "rollout restart deploy web"],
  ["a rollout is looked at", "rollout status deploy web --watch=false"],
  ["a namespace is labelled", "label ns commands team=a"],
  ["a namespace with its labels", "get ns commands --show-labels"],
  ["a pod that would run", "run dry --image=x --dry-run=server -o yaml"],
  ["a template of one's own", "get pod p1 -o go-template={{.metadata.name}}"],
  ["several kinds", "get rs,sts,ds,job,cj"],
  ["one that is there and one that is not", "get pods p1 nope"],
  ["several kinds as JSON", "get pods,deploy -o json"],
  ["a set-based selector", "get deploy -l 'app in (web,x),tier!=y'"],
  ["two fields", "get pods --field-selector=metadata.name!=p1,status.phase=Running"],
  ["an empty field", "get pods --field-selector=spec.nodeName="],
  ["no events of a pod", "events --for pod/p1"],
  ["a right to a subresource", "auth can-i get pods --subresource=log"],
  ["a right to nothing there is", "auth can-i frobnicate widgets"],
  ["all rights", "auth can-i --list"],
  ["resources by verbs", "api-resources --namespaced=false --verbs=list -o name"],
  ["the version", "version -o yaml"],
  ["a group", "get --raw /apis/apps"],
  [
    "a JSON patch of several steps",
    patch(
      "cm cfg1",
      [
        { op: "add", path: "/data/x~1y", value: "1" },
        { op: "move", from: "/data/a", path: "/data/z" },
        { op: "copy", from: "/data/z", path: "/data/w" },
      ],
      "json",
    ),
  ],
  ["a ConfigMap after that", "get cm cfg1 -o yaml"],
  ["a container is deleted", patch("deploy web", inTemplate([{ name: "d", $patch: "delete" }]))],
  ["a container is added", patch("deploy web", inTemplate([{ name: "e", image: "e" }]))],
  ["a container without a name", patch("deploy web", inTemplate([{ image: "e" }]))],
  ["a strategy is replaced", patch("deploy web", { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } })],
  ["a Deployment after that", "get deploy web -o yaml"],
  ["all are scaled", "scale deploy --all --replicas=0"],
  ["nothing is scaled below zero", "scale deploy web --replicas=-1"],
  ["what a label selects is deleted, of two kinds", "delete deploy,svc -l app=web"],
  ["one that is there and one that is not are deleted", "delete cm nope cfg1"],
  ["a namespace that is not there is deleted", "delete ns nope"],
];
