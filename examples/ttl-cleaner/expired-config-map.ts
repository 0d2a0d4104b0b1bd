// Deletes a ConfigMap once the time in its annotation `ttl` (`90s`, `10m`, `2h`) has gone by since it was created.
// `requeueAfter` runs the handler again for the same object when nothing has changed; `PermanentError` ends the attempts.
// npx informd dev --handlers examples/ttl-cleaner
// kubectl --kubeconfig .informd/kubeconfig -n demo annotate configmap web-config ttl=10s
import { on, PermanentError } from "informd";

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

export default on(
  "configmaps",
  { events: ["added", "updated"], changed: ["metadata.annotations.ttl"], allow: { kube: ["delete configmaps"] } },
  async ({ object }, { kube, log }) => {
    const { name, annotations, creationTimestamp } = object.metadata;
    const ttl = annotations?.["ttl"];
    if (ttl === undefined) return undefined;
    const leftMs = Date.parse(creationTimestamp) + milliseconds(ttl) - Date.now();
    if (leftMs > 0) return { requeueAfter: leftMs };
    await kube.delete("configmaps", { name });
    log.info("expired", { name, ttl });
    return undefined;
  },
);

function milliseconds(ttl: string): number {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(ttl) ?? [];
  if (count === undefined) {
    throw new PermanentError(`Cannot read ttl "${ttl}": it is no whole number of s, m or h. Write "90s" or "10m".`);
  }
  return Number(count) * (UNIT_MS[unit] ?? 0);
}
