import { sleep, systemClock } from "#kernel/clock.ts";
import { median, spread, table } from "./table.ts";

/** Medians of one round, in milliseconds. */
interface Round {
  readonly handlerMs: number;
  readonly directMs: number;
}

export interface RoundTripOptions {
  readonly rounds: number;
  readonly calls: number;
  /** Between two rounds. */
  readonly pauseMs: number;
  /** For people: `gets of a ConfigMap of 1 KB`. */
  readonly what: string;
  readonly names: { readonly handler: string; readonly direct: string };
}

/** The same call by a handler and by the host itself, in turn. Both give how long each of a round's calls took. */
export async function compareRoundTrips(
  handler: () => Promise<readonly number[]>,
  direct: () => Promise<readonly number[]>,
  { rounds, calls, pauseMs, what, names }: RoundTripOptions,
): Promise<string> {
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    const one = { handlerMs: median(await handler()), directMs: median(await direct()) };
    // The first round opens connections and warms both up.
    if (round > 0) measured.push(one);
    await sleep(systemClock, pauseMs);
  }
  const row = (name: string, of: (round: Round) => number): string[] => [name, spread(measured.map(of), 2)];
  const rows = [
    row(`${names.handler}, ms`, ({ handlerMs }) => handlerMs),
    row(`${names.direct}, ms`, ({ directMs }) => directMs),
    row("what sandbox and broker add, ms", ({ handlerMs, directMs }) => handlerMs - directMs),
  ];
  const title = `${rounds} rounds of ${calls} ${what} one after the other, by each in turn: medians of the rounds, median (min–max)`;
  return `${title}\n\n${table(["", "round trip"], rows)}`;
}
