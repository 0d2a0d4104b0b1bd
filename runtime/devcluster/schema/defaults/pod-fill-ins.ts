import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withAbsent } from "./with-absent.ts";

/** @param member what names the image: `Always` for `:latest` or no tag, unless there is a digest */
export function withPullPolicy(member: string): (value: JsonRecord) => JsonRecord {
  return (value) => {
    const image = textOf(value, member) ?? "";
    const tag = /:([\w.-]+)$/.exec(image)?.[1] ?? "latest";
    const isLatest = image !== "" && tag === "latest" && !image.includes("@");
    return withAbsent(value, { [policyMember(member)]: isLatest ? "Always" : "IfNotPresent" });
  };
}

function policyMember(member: string): string {
  return member === "image" ? "imagePullPolicy" : "pullPolicy";
}

/** What pods get, but not templates of pods. */
export function withPodDefaults(pod: JsonRecord): JsonRecord {
  const spec = fieldOf(pod, "spec");
  if (!isRecord(spec)) return { ...pod, spec: { enableServiceLinks: true } };
  const isOnHost = fieldOf(spec, "hostNetwork") === true;
  const filled = (container: unknown): unknown => withHostPorts(withRequests(container), isOnHost);
  const lists = ["containers", "initContainers"].filter((name) => elementsOf(spec, name).length > 0);
  const containers = lists.map((name) => [name, elementsOf(spec, name).map(filled)]);
  return { ...pod, spec: withAbsent({ ...spec, ...Object.fromEntries(containers) }, { enableServiceLinks: true }) };
}

function withHostPorts(container: unknown, isOnHost: boolean): unknown {
  const ports = elementsOf(container, "ports");
  if (!isOnHost || ports.length === 0 || !isRecord(container)) return container;
  const withHostPort = (port: unknown): unknown =>
    isRecord(port) ? withAbsent(port, { hostPort: fieldOf(port, "containerPort") }) : port;
  return { ...container, ports: ports.map(withHostPort) };
}

/** Requests are the limits where they are not given. */
function withRequests(container: unknown): unknown {
  const resources = fieldOf(container, "resources");
  const limits = fieldOf(resources, "limits");
  if (!isRecord(container) || !isRecord(resources) || !isRecord(limits)) return container;
  const requests = fieldOf(resources, "requests");
  return {
    ...container,
    resources: { ...resources, requests: withAbsent(isRecord(requests) ? requests : {}, limits) },
  };
}

/** Two spellings of the same. */
export function withAccount(spec: JsonRecord): JsonRecord {
  const account = textOf(spec, "serviceAccountName") ?? textOf(spec, "serviceAccount");
  return account === undefined ? spec : { ...spec, serviceAccountName: account, serviceAccount: account };
}

/** Two spellings of the same, of which only one may be there. */
export function withPodIps(status: JsonRecord): JsonRecord {
  const ip = textOf(status, "podIP");
  const first = textOf(elementsOf(status, "podIPs")[0], "ip");
  return withAbsent(status, {
    podIPs: ip === undefined ? undefined : [{ ip }],
    podIP: first === "" ? undefined : first,
  });
}

export function withVolumeSource(volume: JsonRecord): JsonRecord {
  return Object.keys(volume).some((member) => member !== "name") ? volume : { ...volume, emptyDir: {} };
}
