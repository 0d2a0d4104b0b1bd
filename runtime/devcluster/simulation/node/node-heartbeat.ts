import { withMembers } from "../../api-object.ts";
import type { ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { recordAt } from "../../record-at.ts";
import { NODE_NAME } from "./cluster-node.ts";

const INTERVAL_MS = 10_000;
const LEASES = "leases.coordination.k8s.io";
const KEY = { namespace: "kube-node-lease", name: NODE_NAME };

/** The node says that it is alive, in its Lease. */
export function startNodeHeartbeat({ client, clock, report }: ControllerParts, signal: AbortSignal): void {
  if (signal.aborted) return;
  const beat = (): void => {
    const renewTime = `${new Date(clock.now()).toISOString().slice(0, -1)}000Z`;
    const lease = client.get(LEASES, KEY);
    const spec = { holderIdentity: NODE_NAME, leaseDurationSeconds: 40, renewTime };
    if (lease) client.update(LEASES, { ...lease, spec: withMembers(recordAt(lease, "spec"), spec) });
    else client.create(LEASES, { metadata: KEY, spec });
  };
  let timer = clock.setTimer(0, function again() {
    timer = clock.setTimer(INTERVAL_MS, again);
    try {
      beat();
    } catch (error) {
      report({ controller: "node-heartbeat", key: NODE_NAME, error });
    }
  });
  signal.addEventListener("abort", () => timer.cancel(), { once: true });
}
