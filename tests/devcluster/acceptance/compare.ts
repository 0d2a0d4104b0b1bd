import { diffLines } from "./diff-lines.ts";
import type { Divergence } from "./divergences.ts";
import type { Observation } from "./scenario.ts";

export interface Recorded {
  readonly embedded: readonly Observation[];
  readonly real: readonly Observation[];
}

/** What is wrong with a scenario, in words; empty when both servers show the same, or differ as documented. */
export function compare(scenario: string, { embedded, real }: Recorded, known: readonly Divergence[]): string[] {
  const own = known.filter((divergence) => divergence.scenario === scenario);
  const met = new Set<Divergence>();
  const steps = new Set([...embedded, ...real].map(({ step }) => step));
  const problems = [...steps].flatMap((step) => {
    const ours = embedded.find((one) => one.step === step)?.text;
    const theirs = real.find((one) => one.step === step)?.text;
    if (ours === undefined || theirs === undefined)
      return [`"${step}" was taken on the ${ours === undefined ? "real" : "embedded"} server only`];
    let [left, right] = [theirs, ours];
    for (const divergence of own.filter(({ step: where }) => isAt(where, step))) {
      const [without, instead] = explained(divergence, left, right);
      if (without !== left && instead !== right && without !== right) met.add(divergence);
      [left, right] = [without, instead];
    }
    return left === right ? [] : [`"${step}" differs (- real, + embedded):\n${diffLines(left, right)}`];
  });
  const stale = own.filter((divergence) => !met.has(divergence));
  return [
    ...unmet("embedded", embedded),
    ...unmet("real", real),
    ...problems,
    ...stale.map(
      ({ what, step }) => `divergences.ts names what does not differ any more, in "${String(step)}": ${what}`,
    ),
  ];
}

function isAt(where: string | RegExp, step: string): boolean {
  return typeof where === "string" ? where === step : where.test(step);
}

/** Both texts with the same words where they differ as is known. */
function explained({ what, real, embedded }: Divergence, left: string, right: string): readonly [string, string] {
  return [left.replaceAll(real, `«${what}»`), right.replaceAll(embedded, `«${what}»`)];
}

function unmet(server: string, observations: readonly Observation[]): string[] {
  return observations.flatMap(({ step, text, expected }) =>
    expected
      .filter((one) => (typeof one === "string" ? !text.includes(one) : !one.test(text)))
      .map((one) => `"${step}" does not show ${String(one)} on the ${server} server:\n${text}`),
  );
}
