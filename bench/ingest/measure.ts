import { readFileSync } from "node:fs";

/** What one client reports, in one JSON line. */
export interface IngestResult {
  readonly pods: number;
  readonly syncMs: number;
  readonly syncCpuMs: number;
  readonly cpuUsPerEvent: number;
  readonly kbPerPodAfterSync: number;
  readonly kbPerPodAfterUpdates: number;
  readonly peakMb: number;
}

/** User and system time of the whole process, milliseconds: garbage collection, compilation and socket work included. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Resident memory of the process now and at its peak, KB. */
export function residentKb(): { readonly now: number; readonly peak: number } {
  const status = readFileSync("/proc/self/status", "utf8");
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  return { now: field("VmRSS"), peak: field("VmHWM") };
}

export interface IngestClient {
  /** Starts, and resolves with the number of cached pods once synced. */
  sync(): Promise<number>;
  /** Resolves when this many updates have reached a handler. */
  updates(count: number): Promise<void>;
}

/** Runs one client against the replay server and prints its result. */
export async function measureIngest(client: IngestClient, server: string, events: number): Promise<void> {
  globalThis.gc?.();
  const before = residentKb().now;
  const [cpuAtStart, startedAt] = [cpuMs(), performance.now()];
  const pods = await client.sync();
  const [syncMs, syncCpuMs] = [performance.now() - startedAt, cpuMs() - cpuAtStart];
  globalThis.gc?.();
  const afterSync = residentKb().now;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const cpuAtUpdates = cpuMs();
  const done = client.updates(events);
  await fetch(`${server}/start?events=${events}`, { method: "POST" });
  await done;
  const cpuUsPerEvent = ((cpuMs() - cpuAtUpdates) * 1000) / events;
  globalThis.gc?.();
  const { now, peak } = residentKb();
  const result: IngestResult = {
    pods,
    syncMs,
    syncCpuMs,
    cpuUsPerEvent,
    kbPerPodAfterSync: (afterSync - before) / pods,
    kbPerPodAfterUpdates: (now - before) / pods,
    peakMb: peak / 1024,
  };
  console.log(JSON.stringify(result));
  process.exit(0);
}
