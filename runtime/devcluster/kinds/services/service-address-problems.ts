import { textOf, textsOf } from "#kernel/json-value.ts";
import { addressFaults } from "../../registry/validation/address-faults.ts";
import { invalid, notSupported, type FieldCause } from "../../schema/field-causes.ts";
import { hasAnyFamily, isHeadless, needsClusterIp, type ServiceSpec } from "./service-form.ts";

/**
 * Why a Service can be given no address. It is refused for that alone, before it is validated as a whole. The cluster
 * has IPv4 only. (upstream: `initIPFamilyFields`)
 */
export function addressProblems(spec: ServiceSpec, before: ServiceSpec | undefined): readonly FieldCause[] {
  if (!needsClusterIp(spec)) return [];
  return [...(before ? [] : unpairedAddresses(spec)), ...wrongAddress(spec), ...wrongFamilies(spec)];
}

function unpairedAddresses(spec: ServiceSpec): readonly FieldCause[] {
  const addresses = textsOf(spec, "clusterIPs");
  const address = textOf(spec, "clusterIP") ?? "";
  if (addresses.length === 0 || addresses[0] === address) return [];
  const fact =
    address === "" ? "must be empty when `clusterIP` is not specified" : "first value must match `clusterIP`";
  return [invalid("spec.clusterIPs", addresses, fact)];
}

function wrongAddress(spec: ServiceSpec): readonly FieldCause[] {
  const [field, address] = ["spec.clusterIPs[0]", textOf(spec, "clusterIP") ?? ""];
  if (address === "" || isHeadless(spec)) return [];
  const faults = addressFaults(address);
  if (faults.length > 0) return faults.map((fault) => invalid(field, address, fault));
  return address.includes(":") ? [invalid(field, [address], "IPv6 is not configured on this cluster")] : [];
}

const POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"];

function wrongFamilies(spec: ServiceSpec): readonly FieldCause[] {
  const [field, policy] = ["spec.ipFamilyPolicy", textOf(spec, "ipFamilyPolicy") ?? ""];
  if (policy !== "" && !POLICIES.includes(policy)) return [notSupported(field, policy, POLICIES)];
  if (hasAnyFamily(spec)) return [];
  if (policy === "RequireDualStack")
    return [invalid(field, policy, "this cluster is not configured for dual-stack services")];
  return textsOf(spec, "ipFamilies").flatMap((family, i) =>
    family === "IPv6" ? [invalid(`spec.ipFamilies[${i}]`, family, "not configured on this cluster")] : [],
  );
}
