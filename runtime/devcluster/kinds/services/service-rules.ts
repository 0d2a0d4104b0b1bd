import { textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import type { KindRules, Surroundings } from "../kind-rules.ts";
import { addressProblems } from "./service-address-problems.ts";
import { requireFreeAddress, withClusterIp } from "./service-addresses.ts";
import { carriedOver } from "./service-carry-over.ts";
import { withNodePorts } from "./service-node-ports.ts";

export const serviceRules: KindRules = {
  prepareCreate: (service, surroundings) => ({
    ...allocated(service, undefined, surroundings),
    status: { loadBalancer: {} },
  }),
  prepareUpdate: (service, before, subresource, surroundings) =>
    subresource === "" ? allocated(service, before, surroundings) : service,
};

function allocated(service: ApiObject, before: ApiObject | undefined, surroundings: Surroundings): ApiObject {
  const old = before && recordAt(before, "spec");
  const spec = old ? carriedOver(recordAt(service, "spec"), old) : recordAt(service, "spec");
  requireNoFaults(service, addressProblems(spec, old));
  const isChange = textOf(old, "clusterIP") !== undefined;
  if (!isChange) requireFreeAddress(service, spec, surroundings);
  return { ...service, spec: withNodePorts(service, withClusterIp(spec, surroundings), surroundings) };
}
