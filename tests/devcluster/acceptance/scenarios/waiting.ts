import { setTimeout as delay } from "node:timers/promises";
import { deployment, pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** Long enough for kubectl to be waiting. */
const LATER_MS = 1500;

export const waiting: Scenario = {
  name: "waiting",
  async play(session) {
    await session.quietly("create -f -", [deployment("web"), pod("p0", { metadata: { labels: { run: "p0" } } })]);
    await Promise.all([watches(session), waits(session)]);
    await Promise.all([
      rollout(session, "a rollout", {}),
      rollout(session, "a rollout with one long list", WATCH_LIST),
    ]);
  },
};

const WATCH_LIST = { KUBE_FEATURE_WatchListClient: "true" };

async function watches(session: Session): Promise<void> {
  await session.watch("a watch shows a row for each change", "get pods -w", {
    ready: /^p0 /m,
    during: async () => {
      await session.quietly("label pod p0 a=b");
      await session.quietly("run p1 --image=busybox");
      await session.quietly("delete pod p1");
    },
    lines: 5,
  });
  await session.watch("a watch tells the types of changes", "get pods -w --output-watch-events", {
    ready: /p0 /m,
    during: async () => {
      await session.quietly("label pod p0 a=c --overwrite");
      await session.quietly("run p2 --image=busybox");
      await session.quietly("delete pod p2");
    },
    lines: 5,
  });
  await session.watch("an object that leaves the selection is deleted", "get pods -w -l run=p0 --output-watch-events", {
    ready: /p0 /m,
    during: async () => {
      await session.quietly("label pod p0 run=away --overwrite");
      await session.quietly("label pod p0 run=p0 --overwrite");
    },
    lines: 4,
  });
  await session.watch("one object is watched", "get pod p0 -w -o name", {
    ready: /p0/m,
    during: () => session.quietly("annotate pod p0 a=b"),
    lines: 2,
  });
  await session.watch("only changes are watched", "get pods --watch-only", {
    afterMs: LATER_MS,
    during: () => session.quietly("annotate pod p0 a=c --overwrite"),
    lines: 2,
  });
}

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
