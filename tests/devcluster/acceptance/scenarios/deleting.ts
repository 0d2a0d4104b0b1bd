import { setTimeout as delay } from "node:timers/promises";
import { configMap, deployment, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";
import { collectGarbage, finishNamespace, until } from "../stand-in-controllers.ts";

export const deleting: Scenario = {
  name: "deleting",
  async play(session) {
    await atOnce(session);
    await finalizers(session);
    await scheduledPods(session);
    await families(session);
    await namespaces(session);
  },
};

async function atOnce(session: Session): Promise<void> {
  await session.quietly(
    "create -f -",
    ["a", "b", "c", "d"].map((name) => configMap(name, {}, { labels: { x: name } })),
  );
  await session.kubectl("an object is deleted", "delete cm a", {
    expect: 'configmap "a" deleted from deleting namespace',
  });
  await session.kubectl("it is not deleted twice", "delete cm a", { expect: 'configmaps "a" not found' });
  await session.kubectl("it need not be there", "delete cm a --ignore-not-found");
  await session.kubectl("what a label selects is deleted", "delete cm -l 'x in (b,c)'");
  await session.kubectl("a dry run deletes nothing", "delete cm d --dry-run=server");
  await session.kubectl("what a file names is deleted", "delete -f -", { input: [configMap("d"), configMap("e")] });
  await session.quietly("create -f -", [pod("p1"), pod("p2")]);
  await session.kubectl("a pod that nobody runs is deleted at once", "delete pod p1");
  await session.kubectl("all pods are deleted", "delete pods --all");
  await session.kubectl("nothing is left", "get pods");
}

async function finalizers(session: Session): Promise<void> {
  const finalizer = { metadata: { finalizers: ["example.com/hold"] } };
  await session.quietly("create -f -", pod("held", finalizer));
  await session.kubectl("a finalizer holds an object", "delete pod held --wait=false");
  await session.kubectl("a held object is terminating", "get pod held", { expect: "Terminating" });
  await session.kubectl("a held object as YAML", "get pod held -o yaml", { expect: "deletionTimestamp" });
  await session.kubectl(
    "no finalizer comes to a deleted object",
    'patch pod held --type=merge -p \'{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}\'',
  );
  const deletion = session.kubectl("a deletion waits for the finalizer", "delete pod held");
  await delay(1000);
  await session.quietly('patch pod held --type=merge -p \'{"metadata":{"finalizers":null}}\'');
  await deletion;
  await session.kubectl("a released object is gone", "get pod held", { expect: "(NotFound)" });
}

async function scheduledPods(session: Session): Promise<void> {
  await session.quietly("create -f -", pod("scheduled", { spec: { nodeName: "nowhere" } }));
  await session.kubectl("a scheduled pod has time to end", "delete pod scheduled --wait=false");
  await session.kubectl("it is terminating", "get pod scheduled", { expect: "Terminating" });
  await session.kubectl("it tells its grace period", "get pod scheduled -o yaml", {
    expect: "deletionGracePeriodSeconds: 30",
  });
  await session.kubectl("it is deleted by force", "delete pod scheduled --force --grace-period=0");
  await session.kubectl("it is gone", "get pod scheduled", { expect: "(NotFound)" });
}

async function families(session: Session): Promise<void> {
  for (const policy of ["Background", "Foreground", "Orphan"] as const) {
    const cascade = policy.toLowerCase();
    const family = { owner: `${cascade}-owner`, dependants: [`${cascade}-1`, `${cascade}-2`] };
    await session.quietly("create -f -", configMap(family.owner));
    const uid = await session.quietly(`get cm ${family.owner} -o jsonpath={.metadata.uid}`);
    const reference = { apiVersion: "v1", kind: "ConfigMap", name: family.owner, uid, blockOwnerDeletion: true };
    await session.quietly(
      "create -f -",
      family.dependants.map((name) => configMap(name, {}, { ownerReferences: [reference] })),
    );
    const deletion = session.kubectl(
      `an owner is deleted: ${cascade}`,
      `delete cm ${family.owner} --cascade=${cascade}`,
    );
    await collectGarbage(session, family, policy);
    await deletion;
    const names = family.dependants.join(" ");
    if (policy === "Background") await until(async () => (await session.run(`get cm ${names}`)).stdout === "");
    await session.kubectl(`what is left of its dependants: ${cascade}`, `get cm ${names} --ignore-not-found -o yaml`);
  }
  await session.quietly("create -f -", deployment("web"));
  await session.kubectl(
    "a Deployment waits for a controller to orphan its pods",
    "delete deploy web --cascade=foreground --wait=false",
  );
}

async function namespaces(session: Session): Promise<void> {
  const name = "deleting-2";
  await session.quietly(`create ns ${name}`);
  await session.quietly(`create -n ${name} -f -`, configMap("held", {}, { finalizers: ["example.com/hold"] }));
  const deletion = session.kubectl("a namespace is deleted", `delete ns ${name}`, {
    expect: `namespace "${name}" deleted`,
  });
  const isTerminating = async (): Promise<boolean> =>
    (await session.quietly(`get ns ${name} -o jsonpath={.status.phase}`)) === "Terminating";
  await until(isTerminating);
  await session.kubectl("nothing is created in a namespace that ends", `create cm q -n ${name}`, {
    expect: `configmaps "q" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
  });
  await session.kubectl("a namespace that ends", `get ns ${name}`, { expect: "Terminating" });
  await session.quietly(`patch cm held -n ${name} --type=merge -p '{"metadata":{"finalizers":null}}'`);
  await Promise.all([deletion, finishNamespace(session, name)]);
  await session.kubectl("the namespace is gone", `get ns ${name}`, { expect: "(NotFound)" });
  await session.kubectl("its objects are gone", `get cm -n ${name}`);
  await session.kubectl("the default namespace stays", "delete ns default");
}
