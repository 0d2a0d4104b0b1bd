/** A sandbox pool with real processes, and programs to put into it. */
import { buildSync } from "esbuild";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import type { EngineName } from "#sandbox/protocol.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import type { Capabilities, GuestEvent, GuestLog, Program, RunEnd, Sandbox, ServeOptions } from "#sandbox/sandbox.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { FREE_HOST_TIME } from "./free-host-time.ts";

const PROGRAMS = join(import.meta.dirname, "..", "fixtures", "programs");
export const MEMORY_BYTES = 64 * 2 ** 20;

/** `tests/fixtures/programs/<name>.ts`, bundled as the loader does it. */
export function program(name: string): Program {
  const { outputFiles } = buildSync({
    entryPoints: [join(PROGRAMS, `${name}.ts`)],
    bundle: true,
    write: false,
    outdir: PROGRAMS,
    format: "cjs",
    platform: "browser",
    target: "es2022",
    sourcemap: "external",
    banner: { js: "\n" },
    alias: { informd: join(import.meta.dirname, "..", "..", "runtime", "handler-api", "errors.ts") },
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { id: name, file: `${name}.ts`, code: text(".js"), sourceMap: text(".map") };
}

/** A pool that is closed at the end of the test. */
export async function pool(t: TestContext): Promise<ProcessSandboxPool> {
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  t.after(() => pool.close());
  return pool;
}

export interface Served {
  readonly sandbox: Sandbox;
  readonly logs: GuestLog[];
  /** Runs the handler on an event whose object is called `name`. */
  readonly run: (name?: string, timeoutMs?: number) => Promise<RunEnd>;
}

export interface ServeWith {
  readonly call?: Capabilities["call"];
  readonly hostTime?: Capabilities["hostTime"];
  readonly read?: Capabilities["read"];
  readonly env?: ServeOptions["env"];
  readonly listers?: readonly string[];
  readonly entry?: number;
  readonly memoryBytes?: number;
  readonly engine?: EngineName;
}

/** Opens `tests/fixtures/programs/<name>.ts`. Fails the test if it does not load. */
export async function serve(pool: ProcessSandboxPool, name: string, options: ServeWith = {}): Promise<Served> {
  return serveProgram(pool, program(name), options);
}

export async function serveProgram(
  pool: ProcessSandboxPool,
  program: Program,
  options: ServeWith = {},
): Promise<Served> {
  const logs: GuestLog[] = [];
  const { call = async () => "null", hostTime = FREE_HOST_TIME, read = () => "null" } = options;
  const { env = {}, listers = [], entry = 0 } = options;
  const log = (record: GuestLog): void => void logs.push(record);
  const capabilities: Capabilities = { call, hostTime, read, log };
  const { memoryBytes = MEMORY_BYTES, engine = "vm2" } = options;
  const signal = new AbortController().signal;
  const result = await pool.open(program, { entry, env, listers, capabilities }, { engine, memoryBytes }, signal);
  if (result.type === "failed") throw new Error(result.error.message);
  const { sandbox } = result;
  return { sandbox, logs, run: (name = "web", timeoutMs = 10_000) => sandbox.run(podEvent(name), timeoutMs) };
}

export function podEvent(name: string): GuestEvent {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { namespace: "shop", name } };
  return {
    header: { id: `${name}/1/added`, type: "added", cause: "live", attempt: 1 },
    key: { id: `${name}/1/added`, namespace: "shop", name },
    object: Buffer.from(JSON.stringify(object)),
    old: undefined,
  };
}
