import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import type { KindRules, Surroundings } from "../kind-rules.ts";
import { withClusterIp } from "./service-addresses.ts";
import { carriedOver } from "./service-carry-over.ts";
import { withServiceDefaults } from "./service-defaults.ts";
import { withNodePorts } from "./service-node-ports.ts";
import { serviceProblems } from "./service-problems.ts";

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
  const carried = old ? carriedOver(recordAt(service, "spec"), old) : recordAt(service, "spec");
  const spec = withServiceDefaults(carried);
  requireNoFaults(service, serviceProblems(spec, old));
  return { ...service, spec: withNodePorts(service, withClusterIp(service, spec, surroundings), surroundings) };
}
