/**
 * The first half of the composition root: takes the state directory, and has the processes that the first handler needs start while
 * the second half, `serve-handlers.ts`, is still loaded. It decides nothing about events, handlers or caches.
 */
import { join } from "node:path";
import type { RuntimeConfig } from "#config/runtime-config.ts";
import { lockFile } from "#kernel/file-lock.ts";
import { isMount } from "#loader/snapshots/mount.ts";
import { warmBundler } from "#loader/build/warm-bundler.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import type { RuntimeDeps, RuntimeResult } from "#serve-handlers.ts";

export type { RuntimeDeps, RuntimeResult };

/** Runs until `stop` aborts, or until it is clear that nothing can run. */
export async function startRuntime(
  config: RuntimeConfig,
  deps: RuntimeDeps,
  stop: AbortSignal,
): Promise<RuntimeResult> {
  const lock = lockFile(join(config.state, "lock.db"));
  if (lock.type === "held") {
    return failed(
      `Cannot use state directory "${config.state}": another informd holds it. Stop that one, or name another directory with --state.`,
    );
  }
  if (lock.type === "failed")
    return failed(`Cannot use state directory "${config.state}": ${lock.reason}. Name another one with --state.`);
  try {
    return await runWithHandlers(config, deps, stop);
  } catch (error) {
    // Ctrl-C ends esbuild's process too: whatever was being built then has failed for that reason.
    if (stop.aborted) return { type: "stopped" };
    throw error;
  } finally {
    lock.release();
  }
}

/** One inspects and one serves; whoever edits saves twice within a moment, and formatters save once more. */
const SPARES_FOR_CHANGES = 2;

async function runWithHandlers(config: RuntimeConfig, deps: RuntimeDeps, stop: AbortSignal): Promise<RuntimeResult> {
  const pool = new ProcessSandboxPool(deps.clock, {
    bundle: await guestBundle(),
    spares: isFollowed(config) ? SPARES_FOR_CHANGES : 1,
  });
  try {
    void pool.warm();
    warmBundler();
    const { serveHandlers } = await import("#serve-handlers.ts");
    return await serveHandlers(config, { ...deps, pool }, stop);
  } finally {
    await pool.close();
  }
}

function isFollowed({ watch, handlers }: RuntimeConfig): boolean {
  return watch || handlers.type !== "directory" || isMount(handlers.path);
}

function failed(message: string): RuntimeResult {
  return { type: "failed", message };
}
