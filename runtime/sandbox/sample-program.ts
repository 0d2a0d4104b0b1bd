/** A handler as the loader would have bundled it, with what handlers are made of: V8 and vm2's parser get to know that before a real one comes. */
export const SAMPLE_PROGRAM = `
"use strict";
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, { get: all[name], enumerable: true });
};
var sample_exports = {};
__export(sample_exports, { default: () => sample_default });
module.exports = sample_exports;
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
async function changed({ object, old: { spec = {}, ...rest } = {} }, { kube, log }) {
  try {
    const [, name = "", number] = NAME.exec(object.metadata?.name ?? "") || [];
    if (!name && typeof number !== "undefined") return void 0;
    for (const [key, value] of Object.entries({ ...spec, ...rest })) {
      if (key === "paused" || value === null) continue;
      count += Number(value) * 2 - 1;
    }
    for (let at = 0; at < 3; at++) delete rest[at];
    while (count > 100) count--;
    switch (object.status?.phase) {
      case "Failed":
        throw new Failure("phase", count);
      case "Unknown":
        await kube.patch("pods", { name, patch: { metadata: { labels: { [name]: "yes" } } } });
    }
    const kept = [name].filter((one) => one !== "" && !rest.deleted).map(function (one) {
      return one.toUpperCase();
    });
    await Promise.resolve();
    log.info("changed", { name, kept, late: count >= 10 ? true : false });
    return { requeueAfter: "30s" };
  } catch (error) {
    if (error instanceof Failure) log.warn(error.message);
    else throw error;
  } finally {
    count ||= 1;
  }
}
var sample_default = {
  [Symbol.for("informd.handler")]: 1,
  resource: "pods",
  options: { events: ["updated"], labelSelector: "app", allow: { kube: ["patch pods"] } },
  handler: changed
};
`;
