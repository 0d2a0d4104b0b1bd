/** One pod that runs the handlers, within the Pod Security Standard "restricted". */
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import { handlerVariablesOf, variablesSecretName } from "./handler-variables.ts";
import { handlersMapName } from "./handlers-map.ts";
import { type Identity, labelsOf, ownMetadata, selectorLabels } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";
import { podMemory } from "./memory.ts";
import { HTTP_PORT, HTTP_PORT_NAME } from "./service.ts";

const HANDLERS_PATH = "/etc/informd/handlers";
const STATE_PATH = "/var/lib/informd";

/** The image's (manifests/Dockerfile). */
const USER_ID = 65_532;

/** From the end of the last run until the process has ended. */
const SHUTDOWN_SECONDS = 15;

export type PodOptions = Pick<ManifestsConfig, "image" | "load" | "watchNamespace" | "hostMemoryBytes">;

export function deployment(identity: Identity, options: PodOptions, handlers: readonly ResolvedOptions[]): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: ownMetadata(identity),
    spec: {
      replicas: 1,
      // Two at a time would each run every event.
      strategy: { type: "Recreate" },
      selector: { matchLabels: selectorLabels(identity) },
      template: { metadata: { labels: labelsOf(identity) }, spec: podSpec(identity, options, handlers) },
    },
  };
}

function podSpec(identity: Identity, options: PodOptions, handlers: readonly ResolvedOptions[]): object {
  const graceSeconds = Math.ceil(Math.max(...handlers.map(({ timeoutMs }) => timeoutMs)) / 1000);
  return {
    serviceAccountName: identity.name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: graceSeconds + SHUTDOWN_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "informd",
        image: options.image,
        // The image's entry point is informd.
        args: startArguments(identity, options, graceSeconds),
        env: [...ownVariables(), ...handlerVariables(identity, handlers)],
        ports: [{ name: HTTP_PORT_NAME, containerPort: HTTP_PORT, protocol: "TCP" }],
        ...probes(),
        resources: resourcesOf(options, handlers),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: volumes(identity, options).map(({ mount }) => mount),
      },
    ],
    volumes: volumes(identity, options).map(({ volume }) => volume),
  };
}

function startArguments(identity: Identity, { load, watchNamespace }: PodOptions, graceSeconds: number): string[] {
  return [
    "start",
    `--handlers=${handlersOrigin(identity, load)}`,
    ...(load === "mount" ? [`--mounted-map=${handlersMapName(identity)}`] : []),
    ...(watchNamespace === undefined ? [] : [`--namespace=${watchNamespace}`]),
    `--state=${STATE_PATH}`,
    `--listen=:${HTTP_PORT}`,
    `--grace=${graceSeconds}s`,
  ];
}

function handlersOrigin(identity: Identity, load: PodOptions["load"]): string {
  switch (load) {
    case "mount":
      return HANDLERS_PATH;
    case "api":
      return `configmap/${identity.namespace}/${handlersMapName(identity)}`;
    case "configmaps":
      return "configmaps";
  }
}

/** Who the pod is, for the Events that the runtime writes about itself. */
function ownVariables(): object[] {
  const fields = { POD_NAME: "metadata.name", POD_NAMESPACE: "metadata.namespace", POD_UID: "metadata.uid" };
  return Object.entries(fields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } }));
}

/** What `allow.env` names, from a Secret that somebody else makes. */
function handlerVariables(identity: Identity, handlers: readonly ResolvedOptions[]): object[] {
  return handlerVariablesOf(handlers).fromSecret.map((name) => ({
    name,
    valueFrom: { secretKeyRef: { name: variablesSecretName(identity), key: name, optional: true } },
  }));
}

/** Informers may take long to fill, which is what `readyz` says; until handlers are loaded nothing else is asked. */
function probes(): object {
  const get = (path: string): object => ({ httpGet: { path, port: HTTP_PORT_NAME } });
  return {
    startupProbe: { ...get("/startupz"), periodSeconds: 1, failureThreshold: 120 },
    livenessProbe: { ...get("/healthz"), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { ...get("/readyz"), periodSeconds: 5, timeoutSeconds: 5 },
  };
}

/** No limit on processors: a limit would stop the runtime in the middle of a burst, which no other pod asks for. */
function resourcesOf({ hostMemoryBytes: hostBytes }: PodOptions, handlers: readonly ResolvedOptions[]): object {
  const memory = podMemory({ hostBytes, handlerBytes: handlers.map(({ memoryBytes }) => memoryBytes) });
  return { requests: { cpu: "100m", memory }, limits: { memory } };
}

interface MountedVolume {
  readonly volume: object;
  readonly mount: object;
}

function volumes(identity: Identity, { load }: PodOptions): MountedVolume[] {
  const handlers: MountedVolume = {
    volume: { name: "handlers", configMap: { name: handlersMapName(identity) } },
    mount: { name: "handlers", mountPath: HANDLERS_PATH, readOnly: true },
  };
  return [
    ...(load === "mount" ? [handlers] : []),
    scratch("state", STATE_PATH, "256Mi"),
    scratch("tmp", "/tmp", "64Mi"),
  ];
}

function scratch(name: string, mountPath: string, sizeLimit: string): MountedVolume {
  return { volume: { name, emptyDir: { sizeLimit } }, mount: { name, mountPath } };
}
