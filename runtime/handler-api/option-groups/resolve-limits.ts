/** How much a run may take, and how often it is tried. */
import { parseDuration } from "#resources/duration.ts";
import { parseQuantity } from "#resources/quantity.ts";
import type { ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";

type Limits = Pick<
  ResolvedOptions,
  "timeoutMs" | "memoryBytes" | "concurrency" | "retry" | "resyncMs" | "initial" | "engine"
>;

const MIB = 2 ** 20;
const MEMORY = { min: 16 * MIB, max: 4096 * MIB, fallback: 64 * MIB };
const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
const RETRY = `an object such as { attempts: 5, backoff: "1s", maxBackoff: "5m" }`;

export function resolveLimits(reader: OptionReader, options: OptionRecord): Limits {
  return {
    timeoutMs: readDuration(reader, "timeout", options.timeout, 1) ?? 30 * SECOND_MS,
    memoryBytes: readMemory(reader, options.memory),
    concurrency: reader.wholeNumber("concurrency", options.concurrency, { min: 1, max: 1000, fallback: 8 }),
    retry: readRetry(reader, options.retry),
    resyncMs: readDuration(reader, "resync", options.resync, SECOND_MS),
    initial: reader.choice("initial", options.initial, ["deliver", "skip"]) ?? "deliver",
    engine: reader.choice("engine", options.engine, ["vm2", "process"]) ?? "vm2",
  };
}

function readRetry(reader: OptionReader, value: unknown): ResolvedOptions["retry"] {
  const retry = reader.record("retry", value, RETRY);
  reader.knownKeys(retry, ["attempts", "backoff", "maxBackoff"], "retry.");
  const backoffMs = readDuration(reader, "retry.backoff", retry.backoff, 1) ?? SECOND_MS;
  const maxBackoffMs = readDuration(reader, "retry.maxBackoff", retry.maxBackoff, 1) ?? 300 * SECOND_MS;
  if (maxBackoffMs < backoffMs) {
    reader.report(
      "retry.maxBackoff",
      `it is ${maxBackoffMs} ms, less than retry.backoff (${backoffMs} ms); make it as long`,
    );
  }
  return {
    attempts: reader.wholeNumber("retry.attempts", retry.attempts, { min: 1, max: 100, fallback: 5 }),
    backoffMs,
    maxBackoffMs,
  };
}

function readDuration(reader: OptionReader, option: string, value: unknown, minMs: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = parseDuration(value);
  if (ms !== undefined && ms >= minMs && ms <= DAY_MS) return ms;
  reader.refuse(option, value, `a duration from ${minMs} ms to 24 h, such as "250ms", "30s", "5m" or "2h"`);
  return undefined;
}

function readMemory(reader: OptionReader, value: unknown): number {
  if (value === undefined) return MEMORY.fallback;
  const bytes = typeof value === "string" ? parseQuantity(value) : undefined;
  if (bytes !== undefined && bytes >= MEMORY.min && bytes <= MEMORY.max) return bytes;
  reader.refuse("memory", value, `a quantity from "16Mi" to "4Gi", such as "64Mi"`);
  return MEMORY.fallback;
}
