import { textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { invalid } from "../../schema/field-causes.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import type { Surroundings } from "../kind-rules.ts";
import { hasAnyFamily, isHeadless, needsClusterIp, type ServiceSpec } from "./service-form.ts";

/** `--service-cluster-ip-range=10.96.0.0/16` */
const PREFIX = "10.96";
const ADDRESSES = 65_536;
/** Left for addresses that people choose (upstream: the allocator's lower band). */
const STATIC_ADDRESSES = 256;
const ATTEMPTS = 1_000;

/** The spec with the address that the Service asks for, or a free one. */
export function withClusterIp(spec: ServiceSpec, surroundings: Surroundings): ServiceSpec {
  if (!needsClusterIp(spec)) return spec;
  const isDual = hasAnyFamily(spec);
  const address = textOf(spec, "clusterIP") ?? freeAddress(surroundings);
  return {
    ...spec,
    clusterIP: address,
    clusterIPs: [address],
    ipFamilies: spec["ipFamilies"] ?? (isDual ? ["IPv4", "IPv6"] : ["IPv4"]),
    ipFamilyPolicy: spec["ipFamilyPolicy"] || (isDual ? "RequireDualStack" : "SingleStack"),
  };
}

/** Throws 422 if the address that the Service asks for is not to be had. */
export function requireFreeAddress(service: ApiObject, spec: ServiceSpec, surroundings: Surroundings): void {
  const address = textOf(spec, "clusterIP");
  if (address === undefined || !needsClusterIp(spec) || isHeadless(spec)) return;
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
