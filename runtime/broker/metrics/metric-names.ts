import type { MetricType } from "#observability/metrics/own-metrics.ts";

/** Who writes a metric: to compare, and for messages. */
export interface NameUser {
  readonly handler: string;
}

interface Taken {
  readonly name: string;
  readonly type: MetricType;
  readonly users: Set<NameUser>;
}

/** The names of all handlers' metrics: what Prometheus reads under one name is of one type. A histogram has three names more. */
export class MetricNames {
  readonly #taken = new Map<string, Taken>();

  /** `undefined`: the name is free for this, or whoever has it has it as the same. */
  conflict(name: string, type: MetricType, user: NameUser): Conflict | undefined {
    for (const written of namesOf(name, type)) {
      const taken = this.#taken.get(written);
      if (!taken || (taken.name === name && taken.type === type)) continue;
      const other = [...taken.users].find((one) => one !== user);
      return { name: taken.name, type: taken.type, handler: other?.handler };
    }
    return undefined;
  }

  take(name: string, type: MetricType, user: NameUser): void {
    for (const written of namesOf(name, type)) {
      const taken = this.#taken.get(written) ?? { name, type, users: new Set() };
      this.#taken.set(written, taken);
      taken.users.add(user);
    }
  }

  release(name: string, type: MetricType, user: NameUser): void {
    for (const written of namesOf(name, type)) {
      const users = this.#taken.get(written)?.users;
      users?.delete(user);
      if (users?.size === 0) this.#taken.delete(written);
    }
  }
}

/** The metric that is in the way. */
export interface Conflict {
  readonly name: string;
  readonly type: MetricType;
  /** `undefined`: only the one who asks has it. */
  readonly handler: string | undefined;
}

function namesOf(name: string, type: MetricType): readonly string[] {
  return type === "histogram" ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];
}
