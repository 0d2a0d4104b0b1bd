import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { StatusError } from "#devcluster/api-status.ts";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { Change } from "#devcluster/storage/change.ts";
import { ApiOperationsRig, deleteOptions, listOptions, writeOptions } from "../../support/api-operations-rig.ts";
import { FoldingWatcher, line, type Beginning } from "../../support/folding-watcher.ts";
import { randomFrom } from "../../support/random.ts";

const RUNS = 20;
const STEPS = 500;
const RESOURCES = ["configmaps", "secrets", "widgets.example.com"];
const NAMESPACES = ["default", "other", ""];
const SELECTORS = ["", "app=web", "app!=web", "tier in (a,b)"];
const BEGINNINGS: readonly Beginning[] = ["list", "watch-list", "revision-0"];

const ACTIONS = {
  create: 6,
  relabel: 6,
  touch: 4,
  repeat: 1,
  finalize: 2,
  delete: 5,
  deleteCollection: 1,
  join: 3,
  drop: 3,
  compact: 1,
  wait: 1,
} as const;
type Action = keyof typeof ACTIONS;

interface Step {
  readonly action: Action;
  readonly seed: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(
    ...Object.entries(ACTIONS).flatMap(([action, weight]) => Array<Action>(weight).fill(action as Action)),
  ),
  seed: fc.integer(),
});

test("whatever is written, dropped, resumed and compacted, each watcher ends with what there is and has heard each change once", async () => {
  const steps = fc.array(step, { minLength: STEPS, maxLength: STEPS });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer(), async (all, seed) => {
      const world = new World(seed);
      for (const one of all) await world.run(one);
      world.check();
    }),
    { numRuns: RUNS, seed: 20260101 },
  );
});

class World {
  readonly #rig: ApiOperationsRig;
  readonly #watchers: FoldingWatcher[] = [];
  readonly #changes: Change[] = [];

  constructor(seed: number) {
    const random = randomFrom(seed);
    this.#rig = new ApiOperationsRig({
      storage: { historyLimit: 80, revisionStep: () => 1 + Math.floor(random() * 3) },
      imperfections: { staleRevisions: 20 },
    });
    this.#rig.store.follow((change) => void this.#changes.push(change));
  }

  async run({ action, seed }: Step): Promise<void> {
    const random = randomFrom(seed);
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
    const resource = pick(RESOURCES) ?? "";
    const namespace = pick(NAMESPACES.slice(0, 2)) ?? "";
    const labels = { app: pick(["web", "api"]), tier: pick(["a", "b", "c"]) };
    const target = this.#rig.target(resource, `o${Math.floor(random() * 8)}`, { namespace });
    const merge = (patch: object): unknown =>
      this.#rig.operations.patch(target, { type: "merge", patch: { ...patch } }, writeOptions());
    switch (action) {
      case "create":
        return possibly(() => this.#rig.create(resource, { name: target.name, namespace, labels }));
      case "relabel":
        return possibly(() => merge({ metadata: { labels } }));
      case "touch":
        return possibly(() => merge({ metadata: { annotations: { at: String(seed) } } }));
      case "repeat":
        return possibly(() => merge({}));
      case "finalize":
        return possibly(() => merge({ metadata: { finalizers: random() < 0.3 ? ["example.com/f"] : null } }));
      case "delete":
        return possibly(() => this.#rig.delete(target));
      case "deleteCollection":
        if (random() < 0.8) return;
        return possibly(() =>
          this.#rig.operations.deleteCollection({ ...target, name: "" }, listOptions(), deleteOptions()),
        );
      case "compact":
        return this.#rig.store.compact(this.#rig.store.revision - Math.floor(random() * 10));
      case "wait":
        return this.#rig.clock.advance(random() * 100_000);
      case "drop":
        return this.#end(pick(this.#watchers));
      case "join":
        return this.#join(random, pick(this.#watchers));
    }
  }

  check(): void {
    for (const watcher of this.#watchers) {
      this.#end(watcher);
      while (!watcher.isConnected) watcher.connect(3);
      this.#end(watcher);
      const { items } = this.#rig.operations.list(watcher.target, listOptions({ labelSelector: watcher.selector }));
      assert.deepEqual(watcher.state, items.map(line).sort());
    }
  }

  #join(random: () => number, known: FoldingWatcher | undefined): void {
    if (known && this.#watchers.length > 12) {
      if (!known.isConnected) known.connect(1 + Math.floor(random() * 5));
      return;
    }
    const pick = <T>(values: readonly [T, ...T[]] | readonly T[]): T =>
      values[Math.floor(random() * values.length)] as T;
    const target = this.#rig.target(pick(RESOURCES), "", { namespace: pick(NAMESPACES) });
    const watcher = new FoldingWatcher(this.#rig.operations, target, pick(SELECTORS), pick(BEGINNINGS));
    this.#watchers.push(watcher);
    watcher.connect(1 + Math.floor(random() * 5));
  }

  /** What it has heard is exactly what has happened meanwhile. */
  #end(watcher: FoldingWatcher | undefined): void {
    if (!watcher?.isConnected) return;
    watcher.drop();
    const { since, heard } = watcher.session;
    const { resource, namespace } = watcher.target;
    const isIn = (object: ApiObject | undefined): boolean =>
      object !== undefined &&
      (namespace === "" || object.metadata.namespace === namespace) &&
      SELECTED[watcher.selector]?.(object.metadata.labels ?? {}) === true;
    const expected = this.#changes
      .filter(({ revision, storage }) => revision > since && storage === resource.storage)
      .filter(({ type, object, previous }) => isIn(previous) || (type !== "DELETED" && isIn(object)))
      .map(({ revision }) => revision);
    assert.deepEqual(heard, expected);
  }
}

const SELECTED: Readonly<Record<string, (labels: Readonly<Record<string, string>>) => boolean>> = {
  "": () => true,
  "app=web": ({ app }) => app === "web",
  "app!=web": ({ app }) => app !== "web",
  "tier in (a,b)": ({ tier }) => tier === "a" || tier === "b",
};

/** Names are taken, or nobody has them: that is no matter here. */
function possibly(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof StatusError) || ![404, 409, 422].includes(error.status.code)) throw error;
  }
}
