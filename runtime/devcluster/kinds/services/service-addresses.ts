import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { invalid } from "../../schema/field-causes.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import type { Surroundings } from "../kind-rules.ts";
import { isHeadless, needsClusterIp, type ServiceSpec } from "./service-form.ts";
import { hasNoSelector } from "./service-problems.ts";

/** `--service-cluster-ip-range=10.96.0.0/16` */
const PREFIX = "10.96";
const ADDRESSES = 65_536;
/** Left for addresses that people choose (upstream: the allocator's lower band). */
const STATIC_ADDRESSES = 256;
const ATTEMPTS = 1_000;

/** The spec with the address that the Service asked for, or a free one. Throws 422 if the one it asked for is taken. */
export function withClusterIp(service: ApiObject, spec: ServiceSpec, surroundings: Surroundings): ServiceSpec {
  if (!needsClusterIp(spec)) return spec;
  const clusterIP = typeof spec["clusterIP"] === "string" && spec["clusterIP"] !== "" ? spec["clusterIP"] : undefined;
  const isDual = hasNoSelector(spec);
  const address = clusterIP ?? freeAddress(surroundings);
  if (clusterIP !== undefined && !isHeadless(spec)) requireFree(service, clusterIP, surroundings);
  return {
    ...spec,
    clusterIP: address,
    clusterIPs: [address],
    ipFamilies: spec["ipFamilies"] ?? (isDual ? ["IPv4", "IPv6"] : ["IPv4"]),
    ipFamilyPolicy: spec["ipFamilyPolicy"] || (isDual ? "RequireDualStack" : "SingleStack"),
  };
}

function requireFree(service: ApiObject, address: string, surroundings: Surroundings): void {
  const refuse = (reason: string): void =>
    requireNoFaults(service, [invalid("spec.clusterIPs", [address], `failed to allocate IP ${address}: ${reason}`)]);
  if (!address.startsWith(`${PREFIX}.`)) refuse("the provided network does not match the current range");
  if (takenAddresses(surroundings, service).has(address)) refuse("provided IP is already allocated");
}

function freeAddress(surroundings: Surroundings): string {
  const taken = takenAddresses(surroundings);
  for (let attempt = 1; ; attempt++) {
    const offset = STATIC_ADDRESSES + Math.floor(surroundings.random() * (ADDRESSES - STATIC_ADDRESSES - 1));
    const address = `${PREFIX}.${offset >> 8}.${offset & 255}`;
    if (attempt === ATTEMPTS || !taken.has(address)) return address;
  }
}

function takenAddresses({ store }: Surroundings, except?: ApiObject): ReadonlySet<unknown> {
  const others = store.list("services").filter(({ metadata }) => metadata.uid !== except?.metadata.uid);
  return new Set(others.map((service) => recordAt(service, "spec")["clusterIP"]));
}
