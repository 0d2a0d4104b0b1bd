import { configMap, deployment } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

export const patching: Scenario = {
  name: "patching",
  async play(session) {
    await session.quietly("create -f -", [deployment("web"), configMap("cfg1"), configMap("cfg2")]);
    await labels(session);
    await patches(session);
    await scales(session);
    await rollouts(session);
    await replacements(session);
    await nodes(session);
  },
};

async function labels(session: Session): Promise<void> {
  await session.kubectl("an object is labelled", "label cm cfg1 colour=blue", { expect: "configmap/cfg1 labeled" });
  await session.kubectl("a label is there already", "label cm cfg1 colour=blue", { expect: "not labeled" });
  await session.kubectl("a label is not overwritten by mistake", "label cm cfg1 colour=red");
  await session.kubectl("a label is overwritten", "label --overwrite cm cfg1 colour=red");
  await session.kubectl("a label is removed", "label cm cfg1 colour-");
  await session.kubectl("a bad label is refused", "label cm cfg1 'colour=a b'");
  await session.kubectl("all are labelled", "label cm cfg1 cfg2 shade=dark");
  await session.kubectl("an object is annotated", "annotate cm cfg1 note=hello");
  await session.kubectl("labels and annotations are there", "get cm cfg1 -o yaml");
}

async function patches(session: Session): Promise<void> {
  const patch = (type: string, body: object, rest = ""): string =>
    `patch deployment web --type=${type} -p '${JSON.stringify(body)}' ${rest}`;
  const revision = (): Promise<string> => session.quietly("get deploy web -o jsonpath={.metadata.resourceVersion}");
  const image = { spec: { template: { spec: { containers: [{ name: "d", image: "redis:8" }] } } } };
  await session.kubectl("a strategic patch changes one container", patch("strategic", image), {
    expect: "web patched",
  });
  const before = await revision();
  await session.kubectl("a patch that changes nothing says so", patch("strategic", image), { expect: "(no change)" });
  session.record(
    "a patch that changes nothing leaves the resourceVersion",
    String(before === (await revision())),
    "true",
  );
  await session.kubectl("a merge patch", patch("merge", { spec: { replicas: 3, paused: true } }));
  await session.kubectl("a JSON patch", patch("json", [{ op: "replace", path: "/spec/replicas", value: 4 }]));
  await session.kubectl(
    "a JSON patch whose test fails",
    patch("json", [{ op: "test", path: "/spec/replicas", value: 9 }]),
  );
  await session.kubectl("a JSON patch of what is not there", patch("json", [{ op: "remove", path: "/spec/nothing" }]));
  await session.kubectl("a JSON patch that is none", patch("json", { spec: {} }));
  await session.kubectl("a patch with an unknown field", patch("merge", { spec: { replicaz: 3 } }));
  await session.kubectl("a patch with a wrong type", patch("merge", { spec: { replicas: "many" } }));
  await session.kubectl("a patch that breaks a rule", patch("merge", { spec: { replicas: -1 } }));
  await session.kubectl(
    "a patch of a fixed field",
    patch("merge", { spec: { selector: { matchLabels: { app: "x" } } } }),
  );
  await session.quietly("run p1 --image=busybox");
  const command = { spec: { containers: [{ name: "p1", command: ["sleep"] }] } };
  await session.kubectl("a patch of a running pod", `patch pod p1 -p '${JSON.stringify(command)}'`, {
    expect: "pod updates may not change fields other than `spec.containers[*].image`",
  });
  await session.kubectl("a patch of a running pod's image", "set image pod/p1 p1=busybox:2");
  await session.kubectl("a patch of the name", patch("merge", { metadata: { name: "other" } }));
  const status = { status: { replicas: 4, readyReplicas: 1 }, spec: { replicas: 99 } };
  await session.kubectl("a patch of the status", patch("merge", status, "--subresource=status"));
  await session.kubectl("a status in a patch of the object", patch("merge", { status: { replicas: 77 } }));
  await session.kubectl("an old resourceVersion in a patch", patch("merge", { metadata: { resourceVersion: "1" } }));
  await session.kubectl("after the patches", "get deployment web -o yaml");
  await session.kubectl("the managers of the patches", "get deployment web -o jsonpath={.metadata.managedFields}");
}

async function scales(session: Session): Promise<void> {
  await session.kubectl("a Deployment is scaled", "scale deploy web --replicas=5", { expect: "web scaled" });
  await session.kubectl("it is scaled from what it is", "scale deploy web --current-replicas=5 --replicas=4");
  await session.kubectl("it is not scaled from what it is not", "scale deploy web --current-replicas=9 --replicas=1", {
    expect: "Expected replicas to be 9, was 4",
  });
  await session.kubectl("nothing is scaled that cannot be", "scale cm cfg1 --replicas=1");
  await session.kubectl("a Deployment that is not there is not scaled", "scale deploy nope --replicas=1");
  await session.kubectl(
    "the generation counts changes of the spec",
    "get deploy web -o jsonpath={.metadata.generation}",
  );
}

async function rollouts(session: Session): Promise<void> {
  await session.kubectl("an image is set", "set image deploy/web c=nginx:2");
  await session.kubectl("an environment is set", "set env deploy/web A=b");
  await session.kubectl("resources are set", "set resources deploy web --limits=cpu=200m,memory=64Mi");
  await session.kubectl("a rollout is resumed", "rollout resume deploy web");
  await session.kubectl("a rollout is paused", "rollout pause deploy web");
  await session.kubectl("a paused rollout is not paused again", "rollout pause deploy web");
  await session.kubectl("a paused rollout is not restarted", "rollout restart deploy web");
  await session.kubectl("there is no history without controllers", "rollout history deploy web");
  await session.kubectl("after all that was set", "get deploy web -o yaml");
}

async function replacements(session: Session): Promise<void> {
  await session.kubectl("an object is replaced", "replace -f -", { input: configMap("cfg1", { x: "y" }) });
  await session.kubectl("an object that is not there is not replaced", "replace -f -", { input: configMap("nope") });
  await session.kubectl("an old version is not replaced", "replace -f -", {
    input: configMap("cfg1", { x: "z" }, { resourceVersion: "1" }),
    expect: "the object has been modified; please apply your changes to the latest version and try again",
  });
  await session.kubectl("another object of the name is not replaced", "replace -f -", {
    input: configMap("cfg1", { x: "z" }, { uid: "0c7e8d67-3a87-4ac1-9d4a-25f6d0b06ff0" }),
  });
  await session.kubectl("an object is replaced by force", "replace --force -f -", {
    input: configMap("cfg1", { f: "g" }),
  });
  await session.kubectl("after the replacements", "get cm cfg1 -o yaml");
  const immutable = { ...configMap("fixed"), immutable: true };
  await session.quietly("create -f -", immutable);
  await session.kubectl("an immutable ConfigMap is not replaced", "replace -f -", {
    input: configMap("fixed", { a: "c" }),
  });
}

async function nodes(session: Session): Promise<void> {
  await session.kubectl("a node is made", "create -f -", {
    input: { apiVersion: "v1", kind: "Node", metadata: { name: "patching-1" } },
  });
  await session.kubectl("a node is tainted", "taint node patching-1 a=b:NoSchedule");
  await session.kubectl("a node is cordoned", "cordon patching-1");
  await session.kubectl("a cordoned node", "get node patching-1");
  await session.kubectl("a node is uncordoned", "uncordon patching-1");
  await session.kubectl("a node as YAML", "get node patching-1 -o yaml");
  await session.kubectl("a node is deleted", "delete node patching-1");
}
