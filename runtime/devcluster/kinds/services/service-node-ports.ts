import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { invalid } from "../../schema/field-causes.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import type { Surroundings } from "../kind-rules.ts";
import { needsHealthCheckPort, needsNodePorts, portsOf, type ServiceSpec } from "./service-form.ts";

/** `--service-node-port-range=30000-32767` */
const FIRST = 30_000;
const LAST = 32_767;
/** Left for ports that people choose (upstream: the allocator's lower band). */
const STATIC_PORTS = 86;
const ATTEMPTS = 1_000;

/** The spec with a port of all nodes for each of its ports that has none. Throws 422 for one that is taken. */
export function withNodePorts(service: ApiObject, spec: ServiceSpec, surroundings: Surroundings): ServiceSpec {
  if (!needsNodePorts(spec) && !needsHealthCheckPort(spec)) return spec;
  const taken = takenPorts(surroundings, service);
  const ports = needsNodePorts(spec)
    ? portsOf(spec).map((port, i) => {
        const nodePort = requested(service, port, { i, taken }) ?? freePort(taken, surroundings.random);
        taken.add(portKey(port["protocol"], nodePort));
        return { ...port, nodePort };
      })
    : spec["ports"];
  return {
    ...spec,
    ports,
    ...(needsHealthCheckPort(spec) && {
      healthCheckNodePort: spec["healthCheckNodePort"] || freePort(taken, surroundings.random),
    }),
  };
}

interface Place {
  readonly i: number;
  readonly taken: ReadonlySet<string>;
}

function requested(service: ApiObject, port: JsonRecord, { i, taken }: Place): number | undefined {
  const { nodePort, protocol } = port;
  if (typeof nodePort !== "number" || nodePort === 0) return undefined;
  const refuse = (reason: string): void =>
    requireNoFaults(service, [invalid(`spec.ports[${i}].nodePort`, nodePort, reason)]);
  if (nodePort < FIRST || nodePort > LAST)
    refuse(`provided port is not in the valid range. The range of valid ports is ${FIRST}-${LAST}`);
  if (taken.has(portKey(protocol, nodePort))) refuse("provided port is already allocated");
  return nodePort;
}

/** Free for every protocol. */
function freePort(taken: ReadonlySet<string>, random: () => number): number {
  for (let attempt = 1; ; attempt++) {
    const port = FIRST + STATIC_PORTS + Math.floor(random() * (LAST + 1 - FIRST - STATIC_PORTS));
    const isFree = ["TCP", "UDP", "SCTP"].every((protocol) => !taken.has(portKey(protocol, port)));
    if (isFree || attempt === ATTEMPTS) return port;
  }
}

function takenPorts({ store }: Surroundings, except: ApiObject): Set<string> {
  const others = store.list("services").filter(({ metadata }) => metadata.uid !== except.metadata.uid);
  return new Set(
    others.flatMap((service) => {
      const spec = recordAt(service, "spec");
      const ports = portsOf(spec).map(({ protocol, nodePort }) => portKey(protocol, nodePort));
      return [...ports, portKey("TCP", spec["healthCheckNodePort"])];
    }),
  );
}

function portKey(protocol: unknown, port: unknown): string {
  return JSON.stringify([protocol ?? "TCP", port]);
}
