import { elementsOf, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, required, type FieldCause } from "../../../schema/field-causes.ts";
import { labelFaults } from "../name-rules.ts";
import { addressFaults, isAddress } from "../address-faults.ts";
import { eachOf, namedText, portCauses, requiredText } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

export function endpointsCauses(object: JsonRecord): FieldCause[] {
  return eachOf(object, "subsets", "subsets", (subset, path) => {
    const ports = elementsOf(subset, "ports");
    const isEmpty = elementsOf(subset, "addresses").length + elementsOf(subset, "notReadyAddresses").length === 0;
    return [
      ...(isEmpty ? [required(path, "must specify `addresses` or `notReadyAddresses`")] : []),
      ...["addresses", "notReadyAddresses"].flatMap((list) => eachOf(subset, list, `${path}.${list}`, addressCauses)),
      ...eachOf(subset, "ports", `${path}.ports`, (port, at) => [
        ...(ports.length > 1 ? requiredText(port, "name", at) : []),
        ...namedText(port, "name", at, labelFaults),
        ...portCauses(numberOf(port, "port") ?? 0, `${at}.port`),
      ]),
    ];
  });
}

function addressCauses(address: unknown, path: string): FieldCause[] {
  const ip = textOf(address, "ip") ?? "";
  if (isAddress(ip)) return [];
  return [...addressFaults(ip), "must be a valid IP address"].map((fault) => invalid(`${path}.ip`, ip, fault));
}

const ADDRESS_TYPES = ["FQDN", "IPv4", "IPv6"];

export function endpointSliceCauses(object: JsonRecord): FieldCause[] {
  const type = textOf(object, "addressType") ?? "";
  return [
    ...eachOf(object, "ports", "ports", (port, path) => namedText(port, "name", path, labelFaults)),
    ...(type === "" ? [required("addressType")] : []),
    ...(type === "" || ADDRESS_TYPES.includes(type) ? [] : [notSupported("addressType", type, ADDRESS_TYPES)]),
    ...eachOf(object, "endpoints", "endpoints", (endpoint, path) =>
      elementsOf(endpoint, "addresses").length === 0 ? [required(`${path}.addresses`)] : [],
    ),
  ];
}

/** Core events lie in the namespace of what they are about; of cluster-scoped objects, in `default`. */
export function eventCauses(object: JsonRecord): FieldCause[] {
  const namespace = textOf(recordAt(object, "metadata"), "namespace") ?? "";
  const about = textOf(recordAt(object, "involvedObject"), "namespace") ?? "";
  const path = "involvedObject.namespace";
  if (about === namespace || (about === "" && namespace === "default")) return [];
  return [invalid(path, about, "does not match event.namespace")];
}
