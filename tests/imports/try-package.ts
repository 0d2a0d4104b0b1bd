import { isDeepStrictEqual } from "node:util";
import type { BundleFiles } from "#loader/build/bundler.ts";
import type { Bundle } from "#loader/revision.ts";
import type { EngineName } from "#sandbox/protocol.ts";
import type { Capabilities, RunEnd, SandboxPool } from "#sandbox/sandbox.ts";
import { MEMORY_BYTES } from "../support/sandbox-rig.ts";
import type { PackageUse } from "./package-use.ts";
import { FREE_HOST_TIME } from "../support/free-host-time.ts";

const TIMEOUT_MS = 10_000;

/** What came of one package in each engine. */
export type Trial =
  | { readonly type: "unbuilt"; readonly reason: string }
  | ({ readonly type: "built"; readonly bytes: number } & Readonly<Record<EngineName, EngineTrial>>);

export type EngineTrial = { readonly type: "works" } | { readonly type: "fails"; readonly reason: string };

export interface TrialDeps {
  readonly bundle: BundleFiles;
  readonly pool: SandboxPool;
  readonly call: Capabilities["call"];
  /** Address of the server that the uses speak to. */
  readonly server: string;
}

/** The handler of a use. */
export function handlerText({ code }: PackageUse): string {
  const run = "context.log.info('used', { result: (await use(context, event.object.server)) ?? null })";
  return `${code}\nexport default async (event, context) => { ${run}; };\n`;
}

/** Bundles and runs the use in `file` as the runtime would. */
export async function tryPackage(deps: TrialDeps, file: string, { result }: PackageUse): Promise<Trial> {
  const built = (await deps.bundle([file])).get(file);
  if (built?.type !== "built") return { type: "unbuilt", reason: built?.problems[0]?.reason ?? "it was not built" };
  const { bundle } = built;
  const inEngine = (engine: EngineName): Promise<EngineTrial> => tryInEngine(deps, bundle, engine, result);
  const bytes = Buffer.byteLength(bundle.code);
  return { type: "built", bytes, vm2: await inEngine("vm2"), process: await inEngine("process") };
}

async function tryInEngine(
  { pool, call, server }: TrialDeps,
  bundle: Bundle,
  engine: EngineName,
  expected: unknown,
): Promise<EngineTrial> {
  let result: unknown;
  const capabilities: Capabilities = {
    call,
    hostTime: FREE_HOST_TIME,
    read: () => "null",
    log: ({ message, fields }) => {
      if (message === "used") result = fields["result"];
    },
  };
  const serve = { entry: 0, env: {}, listers: [], capabilities };
  const options = { engine, memoryBytes: MEMORY_BYTES };
  const opening = await pool.open(bundle, serve, options, new AbortController().signal);
  if (opening.type === "failed") return { type: "fails", reason: opening.error.message };
  const { sandbox } = opening;
  const key = { id: "1", namespace: "shop", name: "web" };
  const object = Buffer.from(JSON.stringify({ metadata: key, server }));
  const end = await sandbox.run({ header: { id: "1" }, key, object, old: undefined }, TIMEOUT_MS);
  await sandbox.stop();
  if (end.type !== "returned") return { type: "fails", reason: reasonOf(end) };
  if (isDeepStrictEqual(result, expected)) return { type: "works" };
  return { type: "fails", reason: `it returned ${JSON.stringify(result)}` };
}

function reasonOf(end: Exclude<RunEnd, { type: "returned" }>): string {
  switch (end.type) {
    case "threw":
      return `${end.error.name}: ${end.error.message}`;
    case "timedOut":
      return "it did not end";
    case "crashed":
      return end.reason;
    case "skipped":
    case "innocent":
      return end.type;
  }
}
