import { suite } from "node:test";
import type { EngineName } from "#sandbox/protocol.ts";
import { serve, type ServeWith, type Served } from "./sandbox-rig.ts";
import type { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

const ENGINES: readonly EngineName[] = ["vm2", "process"];

export interface EngineUnderTest {
  readonly engine: EngineName;
  /** As the rig's, in this engine. */
  readonly serve: (pool: ProcessSandboxPool, name: string, options?: ServeWith) => Promise<Served>;
}

/** One suite for each engine: whatever a handler can see or do is the same in both, unless a test says how they differ. */
export function onEachEngine(title: string, define: (engine: EngineUnderTest) => void): void {
  for (const engine of ENGINES) {
    suite(`${title}, in engine ${engine}`, () =>
      define({ engine, serve: (pool, name, options) => serve(pool, name, { engine, ...options }) }),
    );
  }
}
