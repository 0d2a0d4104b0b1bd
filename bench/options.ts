import { parseArgs } from "node:util";

/** What the command line may change. Each bench has defaults of its own. */
export interface BenchOptions {
  readonly pods?: number;
  readonly updates?: number;
  readonly rounds?: number;
  readonly saves?: number;
  readonly handlers?: number;
  readonly minutes?: number;
}

export interface BenchCommand {
  /** The benches that were named; none: all. */
  readonly names: readonly string[];
  readonly options: BenchOptions;
}

const FLAGS = ["pods", "updates", "rounds", "saves", "handlers", "minutes"] as const;

/** Reads `ingest --pods 20000`. */
export function readCommand(args: readonly string[]): BenchCommand {
  const flag = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { pods: flag, updates: flag, rounds: flag, saves: flag, handlers: flag, minutes: flag },
  });
  const given = FLAGS.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])] as const]));
  const wrong = given.find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong) throw new Error(`Cannot read --${wrong[0]}: it must be a whole number of at least 1`);
  return { names: positionals, options: Object.fromEntries(given) };
}
