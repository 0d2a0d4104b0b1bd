import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import { badRequest } from "../api-errors.ts";
import type { Target } from "../api-operations.ts";
import type { OperationsContext } from "../operations-context.ts";
import { currentObject } from "../reading/current-object.ts";

/** What reaches into running containers, which no pod of this server has. */
const CONNECTIONS: ReadonlySet<string> = new Set(["log", "exec", "attach", "portforward", "proxy"]);

export function isConnection({ subresource }: Target): boolean {
  return CONNECTIONS.has(subresource);
}

/** Throws 404, 400, and what a real server says as long as a container does not run. @param container `""`: the only one */
export function connect({ store }: OperationsContext, target: Target, container: string): never {
  const object = currentObject(store, target);
  if (target.resource.storage !== "pods") throw notRunning(target, `${target.resource.kind} "${target.name}"`);
  const isOfContainer = target.subresource !== "portforward" && target.subresource !== "proxy";
  const name = isOfContainer ? containerOf(object, container) : "";
  if (target.subresource === "log") throw withoutLog(object, name);
  if (!textOf(object["spec"], "nodeName")) throw badRequest(`pod ${target.name} does not have a host assigned`);
  throw notRunning(target, `${isOfContainer ? `container "${name}" in ` : ""}pod "${target.name}"`);
}

const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

function containerOf({ spec, metadata }: ApiObject, asked: string): string {
  const [inits, own, others] = ["initContainers", "containers", "ephemeralContainers"].map((list) =>
    elementsOf(spec, list).map((container) => textOf(container, "name") ?? ""),
  );
  const all = [...(inits ?? []), ...(own ?? []), ...(others ?? [])];
  const [only, second] = own ?? [];
  const name = asked || (metadata.annotations?.[DEFAULT_CONTAINER] ?? (second === undefined ? only : undefined));
  if (name === undefined)
    throw badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${all.join(" ")}]`);
  if (!all.includes(name)) throw badRequest(`container ${name} is not valid for pod ${metadata.name}`);
  return name;
}

function withoutLog({ metadata, status }: ApiObject, name: string): StatusError {
  const container = `container "${name}" in pod "${metadata.name}"`;
  const statuses = [...elementsOf(status, "initContainerStatuses"), ...elementsOf(status, "containerStatuses")];
  const state = fieldOf(
    statuses.find((one) => textOf(one, "name") === name),
    "state",
  );
  const isWaiting = fieldOf(state, "running") === undefined && fieldOf(state, "terminated") === undefined;
  const reason = textOf(fieldOf(state, "waiting"), "reason") ?? "ContainerCreating";
  if (isWaiting) return badRequest(`${container} is waiting to start: ${reason}`);
  return badRequest(`${container} has no log: this cluster runs no containers`);
}

/** Unclassified, as what no API server of Kubernetes says. */
function notRunning({ resource, subresource }: Target, what: string): StatusError {
  return new StatusError(
    501,
    "",
    `${resource.plural}/${subresource} is not supported for ${what}: this cluster runs no containers`,
  );
}
