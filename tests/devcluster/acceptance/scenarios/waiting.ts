import { setTimeout as delay } from "node:timers/promises";
import { deployment, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** Long enough for kubectl to be waiting. */
const LATER_MS = 1000;

export const waiting: Scenario = {
  name: "waiting",
  async play(session) {
    await session.quietly("create -f -", [deployment("web"), pod("p0")]);
    await waits(session);
    await rollout(session, "a rollout", {});
    await rollout(session, "a rollout with one long list", WATCH_LIST);
  },
};

/** On servers that refuse them. */
export const refusedWatchLists: Scenario = {
  name: "refused-watch-lists",
  play: (session) => rollout(session, "a rollout with one long list", WATCH_LIST),
};

const WATCH_LIST = { KUBE_FEATURE_WatchListClient: "true" };

async function waits(session: Session): Promise<void> {
  const expect = { met: "condition met", timeout: ["timed out waiting for the condition", "exit code 1"] };
  await session.kubectl("a wait for what is so", "wait --for=jsonpath={.spec.replicas}=2 deploy/web", {
    expect: expect.met,
  });
  await session.kubectl("a wait in vain", "wait --for=condition=Available --timeout=1s deploy/web", {
    expect: expect.timeout,
  });
  await session.kubectl("a wait for what is not there", "wait --for=condition=Available --timeout=1s deploy/nope");
  const later = (line: string): Promise<unknown> => delay(LATER_MS).then(() => session.quietly(line));
  const conditions = { status: { conditions: [{ type: "Ready", status: "True" }] } };
  await Promise.all([
    session.kubectl("a wait for a condition", "wait --for=condition=Ready --timeout=30s pod/p0", {
      expect: expect.met,
    }),
    later(`patch pod p0 --subresource=status --type=merge -p '${JSON.stringify(conditions)}'`),
  ]);
  await Promise.all([
    session.kubectl("a wait for a new object", "wait --for=create --timeout=30s pod/new", { expect: expect.met }),
    later("run new --image=busybox"),
  ]);
  await Promise.all([
    session.kubectl("a wait for a deletion", "wait --for=delete --timeout=30s pod/new", { expect: expect.met }),
    later("delete pod new"),
  ]);
}

async function rollout(session: Session, step: string, env: Readonly<Record<string, string>>): Promise<void> {
  const name = step.replaceAll(" ", "-");
  await session.quietly("create -f -", deployment(name));
  const counts = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
  const half = { status: { observedGeneration: 1, ...counts, availableReplicas: 1 } };
  const patch = (status: object): Promise<string> =>
    session.quietly(`patch deploy ${name} --subresource=status --type=merge -p '${JSON.stringify(status)}'`);
  await patch(half);
  await Promise.all([
    session.kubectl(`${step} is followed to its end`, `rollout status deploy ${name} --timeout=30s`, {
      env,
      expect: ["1 of 2 updated replicas are available", "successfully rolled out"],
    }),
    delay(LATER_MS).then(() => patch({ status: counts })),
  ]);
}
