import type { ObjectReference } from "#kubernetes/event-recorder.ts";

export interface RuntimePlace {
  /** In a cluster, as one of its pods. */
  readonly inPod: boolean;
  readonly ownNamespace: string;
  /** `POD_NAME` and `POD_UID` from the downward API, else `HOSTNAME`, which kubelet sets to the pod's name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The kind is no resource of any cluster: Events may regard what is not there. */
const HANDLER = { apiVersion: "informd.io/v1", kind: "Handler" };
const MAX_NAME_CHARACTERS = 253;
const OTHERWISE = "handler";

/** What Events about a handler regard: in a cluster the runtime's own pod, so that `kubectl describe pod` shows them. */
export function createHandlerReference(place: RuntimePlace): (handler: string) => ObjectReference {
  const { ownNamespace: namespace } = place;
  const pod = place.inPod ? ownPod(place) : undefined;
  return (handler) => pod ?? { ...HANDLER, namespace, name: objectName(handler) };
}

/** Which runtime says it, for `reportingInstance`. */
export function runtimeInstance({ environment }: Pick<RuntimePlace, "environment">): string {
  return given(environment["POD_NAME"]) ?? given(environment["HOSTNAME"]) ?? "informd";
}

function ownPod({ environment, ownNamespace: namespace }: RuntimePlace): ObjectReference | undefined {
  const told = given(environment["POD_NAME"]);
  const name = told ?? given(environment["HOSTNAME"]);
  if (name === undefined) return undefined;
  const uid = told === undefined ? undefined : given(environment["POD_UID"]);
  return { apiVersion: "v1", kind: "Pod", namespace, name, uid };
}

function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

/** A handler's id as RFC 1123 has names: `billing/Invoice_paid#0` is `billing.invoice-paid-0`. */
function objectName(handler: string): string {
  const labels = handler
    .toLowerCase()
    .split(/[/.]/)
    .map((label) => label.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""))
    .filter((label) => label !== "");
  const name = labels
    .join(".")
    .slice(0, MAX_NAME_CHARACTERS)
    .replace(/[-.]+$/, "");
  return name === "" ? OTHERWISE : name;
}
