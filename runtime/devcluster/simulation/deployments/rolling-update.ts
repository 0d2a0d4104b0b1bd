/** How many pods each ReplicaSet of a Deployment should have next (upstream: `rolloutRolling`). */
import { scaledValue } from "../workloads/scaled-value.ts";

export interface Replicas {
  readonly replicas: number;
  readonly available: number;
}

export interface RolloutLimits {
  readonly desired: number;
  /** So many pods more than desired. */
  readonly maxSurge: number;
  /** So many available pods fewer than desired. */
  readonly maxUnavailable: number;
}

export interface NextReplicas {
  readonly newest: number;
  /** In the order of `old`. */
  readonly old: readonly number[];
}

/** Grows first; only when that is not possible it shrinks, so that each step can be seen. @param old the oldest first */
export function nextReplicas(limits: RolloutLimits, newest: Replicas, old: readonly Replicas[]): NextReplicas {
  const grown = newestReplicas(limits, newest, old);
  if (grown !== newest.replicas) return { newest: grown, old: old.map(({ replicas }) => replicas) };
  return { newest: grown, old: shrunk(limits, newest, old) };
}

function newestReplicas({ desired, maxSurge }: RolloutLimits, newest: Replicas, old: readonly Replicas[]): number {
  if (newest.replicas >= desired) return desired;
  const total = sum([newest, ...old].map(({ replicas }) => replicas));
  const room = Math.max(0, desired + maxSurge - total);
  return Math.min(desired, newest.replicas + room);
}

/** What is not available goes first: nobody misses it. */
function shrunk(
  { desired, maxUnavailable }: RolloutLimits,
  newest: Replicas,
  old: readonly Replicas[],
): readonly number[] {
  const all = [newest, ...old];
  const minAvailable = desired - maxUnavailable;
  const newUnavailable = Math.max(0, newest.replicas - newest.available);
  const spare = sum(all.map(({ replicas }) => replicas)) - minAvailable - newUnavailable;
  const healthy = takeFrom(
    old.map(({ replicas, available }) => ({ replicas, spare: Math.max(0, replicas - available) })),
    Math.max(0, spare),
  );
  const availableSpare = Math.max(0, sum(all.map(({ available }) => available)) - minAvailable);
  const left = healthy.map((replicas) => ({ replicas, spare: replicas }));
  return takeFrom(left, Math.min(availableSpare, Math.max(0, spare - taken(old, healthy))));
}

function takeFrom(sets: readonly { replicas: number; spare: number }[], count: number): readonly number[] {
  let left = count;
  return sets.map(({ replicas, spare }) => {
    const taken = Math.min(left, spare, replicas);
    left -= taken;
    return replicas - taken;
  });
}

function taken(before: readonly Replicas[], after: readonly number[]): number {
  return sum(before.map(({ replicas }, i) => replicas - (after[i] ?? replicas)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `25%` of the desired number, or a number. Both 0 would never come to an end. */
export function rolloutLimits(
  desired: number,
  rollingUpdate: { maxSurge?: unknown; maxUnavailable?: unknown },
): RolloutLimits {
  const maxSurge = scaledValue(rollingUpdate.maxSurge ?? "25%", desired, Math.ceil);
  const maxUnavailable = scaledValue(rollingUpdate.maxUnavailable ?? "25%", desired, Math.floor);
  return {
    desired,
    maxSurge,
    maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : Math.min(maxUnavailable, desired),
  };
}
