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
  const seen = new Set([...embedded, ...real].map(({ step }) => step));
  const unknownSteps = own.filter(({ step }) => !seen.has(step));
  return [
    ...unmet("embedded", embedded),
    ...unmet("real", real),
    ...unknownSteps.map(({ step }) => `divergences.ts has an entry for a step that is not there: ${step}`),
    ...[...seen].flatMap((step) => {
      const ours = embedded.find((one) => one.step === step)?.text;
      const theirs = real.find((one) => one.step === step)?.text;
      if (ours === undefined || theirs === undefined)
        return [`"${step}" was taken on the ${ours === undefined ? "real" : "embedded"} server only`];
      return compareStep(
        step,
        { ours, theirs },
        own.filter((divergence) => divergence.step === step),
      );
    }),
  ];
}

function compareStep(
  step: string,
  { ours, theirs }: { readonly ours: string; readonly theirs: string },
  known: readonly Divergence[],
): string[] {
  const problems: string[] = [];
  let [left, right] = [theirs, ours];
  for (const { real, embedded, what } of known) {
    const [without, with_] = [left.replace(real, `«${what}»`), right.replace(embedded, `«${what}»`)];
    if (without === left || with_ === right)
      problems.push(`"${step}" does not differ as divergences.ts says: ${what}\n${theirs}\n---\n${ours}`);
    [left, right] = [without, with_];
  }
  if (left !== right) problems.push(`"${step}" differs (- real, + embedded):\n${diffLines(left, right)}`);
  return problems;
}

function unmet(server: string, observations: readonly Observation[]): string[] {
  return observations.flatMap(({ step, text, expected }) =>
    expected
      .filter((one) => (typeof one === "string" ? !text.includes(one) : !one.test(text)))
      .map((one) => `"${step}" does not show ${String(one)} on the ${server} server:\n${text}`),
  );
}
