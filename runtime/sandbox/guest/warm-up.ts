import { VMScript } from "vm2";

/** From then on the next lap would win less than a millisecond. */
const LAPS = 6;
const BETWEEN_LAPS_MS = 20;

/**
 * Makes vm2's parser fast before a handler comes: the first file that it sees takes it ten times as long as the sixth.
 * The first lap comes at once, because the handler itself would have to be waited for as long; the others while nobody waits.
 */
export function warmUp(isWanted: () => boolean): void {
  const run = (lap: number): void => {
    if (lap > LAPS || !isWanted()) return;
    new VMScript(`${SAMPLE}\n//${lap}`).compile();
    setTimeout(run, BETWEEN_LAPS_MS, lap + 1);
  };
  setImmediate(run, 1);
}

/** What bundles of handlers are made of. It is parsed and never runs. */
const SAMPLE = `"use strict";
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, { get: all[name], enumerable: true });
};
var sample_exports = {};
__export(sample_exports, { default: () => sample_default });
module.exports = __toCommonJS(sample_exports);
class Failure extends Error {
  static code = "FAILED";
  #reason;
  constructor(reason, ...rest) {
    super(\`failed: \${reason}\`);
    this.#reason = reason ?? rest[0];
  }
  get reason() {
    return this.#reason;
  }
}
const NAME = /^([a-z0-9]+)-(\\d+)$/i;
let count = 0;
async function changed({ object, old: { spec = {}, ...rest } = {} }, { kube, log, lister }) {
  try {
    const [, name = "", number] = NAME.exec(object.metadata?.name ?? "") || [];
    if (!name && typeof number !== "undefined") return void 0;
    for (const [key, value] of Object.entries({ ...spec, ...rest })) {
      if (key === "paused" || value === null) continue;
      count += Number(value) * 2 - 1;
    }
    for (let at = 0; at < 3; at++) delete rest[at];
    while (count > 100) count--;
    switch (object.status.phase) {
      case "Failed":
        throw new Failure("phase", count);
      default:
        await kube.patch("pods", { name, patch: { metadata: { labels: { [name]: "yes" } } } });
    }
    const pods = lister.list().filter((pod) => pod.spec.nodeName === name && !pod.deleted).map(function (pod) {
      return pod.metadata.name;
    });
    log.info("changed", { name, pods, late: count >= 10 ? true : false });
    return { requeueAfter: "30s" };
  } catch (error) {
    if (error instanceof Failure) log.warn(error.message);
    else throw error;
  } finally {
    count ||= 1;
  }
}
var sample_default = on("pods", { events: ["updated"], labelSelector: "app", allow: { kube: ["patch pods"] } }, changed);
`;
