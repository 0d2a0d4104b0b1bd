import { ago, deletedSample, sample, type Sample } from "./sample.ts";

const WAITING = (reason: string): object => ({ state: { waiting: { reason } } });
const RUNNING: object = { state: { running: { startedAt: ago(60) } }, ready: true };
const ENDED = (terminated: object): object => ({ state: { terminated: { containerID: "x", ...terminated } } });
const INITIALIZED = { type: "Initialized", status: "True" };

interface PodSample {
  readonly containers?: number;
  readonly init?: readonly ("once" | "always")[];
  readonly spec?: object;
  readonly metadata?: object;
  readonly statuses?: readonly object[];
  readonly initStatuses?: readonly object[];
  readonly status?: object;
}

function pod(name: string, { containers = 1, init = [], spec, metadata, ...rest }: PodSample = {}): Sample {
  const { statuses = [], initStatuses = [], status = {} } = rest;
  return sample(
    "v1",
    "Pod",
    name,
    {
      ...(metadata && { metadata }),
      spec: {
        containers: Array.from({ length: containers }, (_, i) => ({ name: `c${i}`, image: "i" })),
        initContainers: init.map((kind, i) => ({
          name: `i${i}`,
          image: "i",
          ...(kind === "always" && { restartPolicy: "Always" }),
        })),
        ...spec,
      },
    },
    {
      phase: "Running",
      containerStatuses: statuses.map((one, i) => containerStatus(`c${i}`, one)),
      initContainerStatuses: initStatuses.map((one, i) => containerStatus(`i${i}`, one)),
      ...status,
    },
  );
}

function containerStatus(name: string, changes: object): object {
  return { name, image: "i", imageID: "", ready: false, restartCount: 0, ...changes };
}

export const PODS: readonly Sample[] = [
  sample("v1", "Pod", "pending", { spec: { containers: [{ name: "c", image: "i" }] } }),
  pod("running", { statuses: [RUNNING] }),
  pod("half-ready", { containers: 2, statuses: [RUNNING, { ...RUNNING, ready: false }] }),
  pod("creating", { statuses: [WAITING("ContainerCreating")], status: { phase: "Pending" } }),
  pod("first-reason-wins", { containers: 2, statuses: [WAITING("ImagePullBackOff"), WAITING("ErrImagePull")] }),
  pod("crashing", {
    statuses: [
      {
        ...WAITING("CrashLoopBackOff"),
        restartCount: 7,
        lastState: { terminated: { exitCode: 1, containerID: "x", finishedAt: ago(250) } },
      },
    ],
  }),
  pod("restarted-without-time", { statuses: [{ ...RUNNING, restartCount: 2 }] }),
  pod("restarted-twice", {
    containers: 2,
    statuses: [
      {
        ...RUNNING,
        restartCount: 1,
        lastState: { terminated: { exitCode: 1, containerID: "x", finishedAt: ago(90_000) } },
      },
      {
        ...RUNNING,
        restartCount: 2,
        lastState: { terminated: { exitCode: 1, containerID: "x", finishedAt: ago(4000) } },
      },
    ],
  }),
  pod("completed", { statuses: [ENDED({ exitCode: 0, reason: "Completed" })], status: { phase: "Succeeded" } }),
  pod("failed", { statuses: [ENDED({ exitCode: 3, reason: "Error" })], status: { phase: "Failed" } }),
  pod("exit-code", { statuses: [ENDED({ exitCode: 3 })], status: { phase: "Failed" } }),
  pod("signal", { statuses: [ENDED({ exitCode: 0, signal: 9 })], status: { phase: "Failed" } }),
  pod("evicted", { status: { phase: "Failed", reason: "Evicted" } }),
  pod("one-completed-not-ready", { containers: 2, statuses: [RUNNING, ENDED({ exitCode: 0, reason: "Completed" })] }),
  pod("one-completed-ready", {
    containers: 2,
    statuses: [ENDED({ exitCode: 0, reason: "Completed" }), RUNNING],
    status: { conditions: [{ type: "Ready", status: "True" }] },
  }),
  pod("init-0", { init: ["once", "once"], initStatuses: [{ state: { running: {} } }, WAITING("PodInitializing")] }),
  pod("init-1", { init: ["once", "once"], initStatuses: [ENDED({ exitCode: 0 }), WAITING("PodInitializing")] }),
  pod("init-waiting", {
    init: ["once"],
    initStatuses: [WAITING("ImagePullBackOff")],
    statuses: [WAITING("PodInitializing")],
  }),
  pod("init-error", { init: ["once"], initStatuses: [ENDED({ exitCode: 2, reason: "Error" })] }),
  pod("init-exit-code", { init: ["once"], initStatuses: [{ ...ENDED({ exitCode: 2 }), restartCount: 4 }] }),
  pod("init-signal", { init: ["once"], initStatuses: [ENDED({ exitCode: 137, signal: 9 })] }),
  pod("init-done", {
    init: ["once"],
    initStatuses: [{ ...ENDED({ exitCode: 0, reason: "Completed" }), restartCount: 3 }],
    statuses: [RUNNING],
    status: { conditions: [INITIALIZED] },
  }),
  pod("init-restarted-later", {
    init: ["once"],
    initStatuses: [{ state: { running: {} } }],
    statuses: [RUNNING],
    status: { conditions: [INITIALIZED] },
  }),
  pod("init-restarted-later-waiting", {
    init: ["once"],
    initStatuses: [{ state: { running: {} } }],
    status: { conditions: [INITIALIZED] },
  }),
  pod("sidecar", {
    init: ["always", "once"],
    initStatuses: [
      {
        ...RUNNING,
        started: true,
        restartCount: 2,
        lastState: { terminated: { exitCode: 1, containerID: "x", finishedAt: ago(30) } },
      },
      ENDED({ exitCode: 0 }),
    ],
    statuses: [RUNNING],
    status: { conditions: [INITIALIZED] },
  }),
  pod("sidecar-starting", { init: ["always", "once"], initStatuses: [{ ...RUNNING, started: false, ready: false }] }),
  pod("sidecar-not-ready", {
    init: ["always"],
    initStatuses: [{ ...RUNNING, started: true, ready: false }],
    statuses: [RUNNING],
  }),
  pod("gated", { spec: { schedulingGates: [{ name: "example.com/gate" }] }, status: { phase: "Pending" } }),
  pod("wide", {
    spec: { nodeName: "node-1", readinessGates: [{ conditionType: "a.b/one" }, { conditionType: "a.b/two" }] },
    statuses: [RUNNING],
    status: {
      podIP: "10.1.2.3",
      podIPs: [{ ip: "10.1.2.3" }, { ip: "fd00::1" }],
      conditions: [
        { type: "a.b/one", status: "True" },
        { type: "a.b/two", status: "False" },
      ],
    },
  }),
  pod("nominated", { status: { phase: "Pending", nominatedNodeName: "node-2" } }),
  deletedSample(pod("terminating", { statuses: [RUNNING] })),
  deletedSample(pod("terminating-succeeded", { status: { phase: "Succeeded" } })),
  deletedSample(pod("lost", { status: { reason: "NodeLost" } })),
];
