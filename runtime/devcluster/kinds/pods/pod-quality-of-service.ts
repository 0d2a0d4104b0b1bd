import { elementsOf, fieldOf, isRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";

export type QualityOfService = "Guaranteed" | "Burstable" | "BestEffort";

/** The only resources that count. */
const COUNTED = ["cpu", "memory"] as const;

/** The class that decides which pods go first when a node is full (upstream: `ComputePodQOS`). */
export function qualityOfService(spec: unknown): QualityOfService {
  const wanted = isRecord(fieldOf(spec, "resources"))
    ? [spec]
    : [...elementsOf(spec, "containers"), ...elementsOf(spec, "initContainers")];
  const demands = wanted.map(demandOf);
  const amounts = demands.flatMap(({ requests, limits }) => [...requests, ...limits]);
  if (amounts.every((amount) => amount === 0)) return "BestEffort";
  const isGuaranteed = demands.every(({ requests, limits }) =>
    limits.every((limit, i) => limit > 0 && (requests[i] === 0 || requests[i] === limit)),
  );
  return isGuaranteed ? "Guaranteed" : "Burstable";
}

/** In the order of `COUNTED`; 0: not named. */
interface Demand {
  readonly requests: readonly number[];
  readonly limits: readonly number[];
}

function demandOf(container: unknown): Demand {
  const [requests, limits] = [recordAt(container, "resources", "requests"), recordAt(container, "resources", "limits")];
  return {
    requests: COUNTED.map((resource) => amountOf(requests[resource])),
    limits: COUNTED.map((resource) => amountOf(limits[resource])),
  };
}

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

function amountOf(quantity: unknown): number {
  if (typeof quantity === "number") return quantity;
  const text = typeof quantity === "string" ? quantity : "0";
  const [, digits, suffix = ""] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  return Number(digits) * (FACTORS[suffix] ?? 1) || 0;
}
