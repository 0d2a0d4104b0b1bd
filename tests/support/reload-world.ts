import type { HandlerOptions } from "#handler-api/options.ts";
import { memoryLedger } from "#ledger/memory-ledger.ts";
import type { Revision } from "#loader/revision.ts";
import type { RunEnd } from "#sandbox/sandbox.ts";
import { Supervisor } from "#supervisor/supervisor.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { type Action, SAVES, EVENTS } from "./reload-actions.ts";
import { ReloadReferee } from "./reload-referee.ts";
import { batch, revision } from "./revisions.ts";
import { type ResourceOfTest, SubstituteCaches } from "./substitute-caches.ts";
import { type PendingRun, SubstitutePool, type SubstituteSandbox } from "./substitute-pool.ts";

const RESOURCES: readonly ResourceOfTest[] = ["pods", "deployments.apps"];
const NAMESPACES: readonly (readonly string[])[] = [["a"], ["b"], ["a", "b"], ["b", "c"], ["a", "b", "c"]];
const KEYS = ["a/x", "a/y", "b/x", "b/y", "c/x"];
const ERROR = { name: "Error", message: "boom", stack: "", code: undefined, at: undefined };
const THREW: RunEnd = { type: "threw", error: ERROR, retryAfterMs: undefined, permanent: false };
const RETURNED: RunEnd = { type: "returned", requeueAfterMs: undefined };

/** One handler from its first file to its removal, whatever it is called. */
interface Life {
  readonly number: number;
  handler: string;
  saves: number;
  resource: ResourceOfTest;
  options: HandlerOptions;
}

/** Handlers, objects and processes that a random schedule moves, with a referee who knows what may be told. */
export class ReloadWorld {
  readonly referee = new ReloadReferee();
  readonly #clock = new FakeClock();
  readonly #pool = new SubstitutePool();
  readonly #caches = new SubstituteCaches();
  readonly #supervisor: Supervisor;
  #lives: Life[] = [];
  #lifeNumber = 0;
  #names = 0;
  #versions = 0;

  constructor() {
    this.#pool.onRun = (run) => {
      this.#pool.runs.push(run);
      this.referee.started(run);
    };
    const nothing = (): void => {};
    this.#supervisor = new Supervisor({
      clock: this.#clock,
      random: () => 0.5,
      pool: this.#pool,
      openCaches: this.#caches.open,
      env: {},
      observer: {
        live: (served) => this.referee.swapped(served),
        degraded: nothing,
        refused: nothing,
        processDied: nothing,
        removed: nothing,
        renamed: nothing,
        confirmed: nothing,
        buildFailed: nothing,
        conflict: nothing,
        warned: nothing,
      },
      ledger: () => memoryLedger,
      dispatchObserver: () => ({
        started: nothing,
        ended: nothing,
        finishedSilently: nothing,
        deadLetter: ({ key }) => this.referee.violate(`dead letter for ${key}`),
        healthChanged: nothing,
        forgotten: nothing,
      }),
    });
  }

  async play(actions: readonly Action[]): Promise<void> {
    this.#addHandler();
    this.#addHandler();
    for (const action of actions) {
      this.#act(action);
      if (action.pause) await settle();
      this.referee.checkProcesses(this.#pool.alive);
    }
    await this.#comeToRest();
    for (const life of this.#lives) this.referee.checkRest(life.number, (resource) => this.#caches.objects(resource));
    await this.#supervisor.close(0);
    await settle();
    if (this.#pool.alive.length > 0) this.referee.violate(`${this.#pool.alive.length} processes after the end`);
    if (this.#caches.inUse > 0) this.referee.violate(`${this.#caches.inUse} informers in use after the end`);
  }

  #act({ type, a, b }: Action): void {
    const save = SAVES.find((one) => one === type);
    const event = EVENTS.find((one) => one === type);
    const life = this.#lives[a % Math.max(1, this.#lives.length)];
    if (save && life) this.#save(save, life, b);
    if (event) this.#happen(event, a, KEYS[b % KEYS.length] ?? "");
  }

  #happen(event: (typeof EVENTS)[number], a: number, key: string): void {
    const resource = RESOURCES[a % 2] ?? "pods";
    switch (event) {
      case "write":
        return this.#write(resource, key);
      case "recreate":
        this.#caches.remove(resource, key);
        return this.#write(resource, key);
      case "removeObject":
        return this.#caches.remove(resource, key);
      case "addHandler":
        return this.#lives.length < 3 ? this.#addHandler() : undefined;
      case "saveAll":
        return this.#supervisor.apply(batch({ revisions: this.#lives.map((one) => this.#saved(one, {})) }));
      case "endRun":
        return this.#end(this.#inFlight[a % Math.max(1, this.#inFlight.length)], RETURNED);
      case "failRun":
        return this.#end(this.#inFlight[a % Math.max(1, this.#inFlight.length)], THREW);
      case "timeOutRun":
        return this.#timeOut(this.#inFlight[a % Math.max(1, this.#inFlight.length)]);
      case "crash":
        return this.#crash(this.#pool.alive[a % Math.max(1, this.#pool.alive.length)]);
      case "holdCaches":
        return this.#caches.hold("no rights");
      case "letCaches":
        return this.#caches.letSync();
      case "holdProcesses":
        return this.#pool.hold();
      case "letProcesses":
        return this.#pool.letStart();
      case "lag":
        return this.#caches.lag(a);
      case "deliver":
        return this.#caches.deliver();
      case "wait":
        // Nothing is late by seconds.
        this.#caches.deliver();
        void this.#clock.advance(a * 10);
    }
  }

  #save(type: (typeof SAVES)[number], life: Life, b: number): void {
    const save = (options: Partial<HandlerOptions>): void =>
      this.#supervisor.apply(batch({ revisions: [this.#saved(life, options)] }));
    switch (type) {
      case "saveParams":
        return save({ concurrency: 1 + (b % 4) });
      case "saveNamespaces":
        return save({ namespaces: NAMESPACES[b % NAMESPACES.length] ?? ["a"] });
      case "saveResource":
        life.resource = RESOURCES[b % 2] ?? "pods";
        return save({});
      case "saveBroken":
        return this.#supervisor.apply(
          batch({ failures: [{ file: `${life.handler}.ts`, handlers: [life.handler], problems: [] }] }),
        );
      case "saveRefused": {
        const broken = this.#saved(life, {});
        this.#pool.broken.add(broken.bundle.id);
        return this.#supervisor.apply(batch({ revisions: [broken] }));
      }
      case "renameHandler": {
        const from = life.handler;
        life.handler = `handler-${++this.#names}`;
        return this.#supervisor.apply(batch({ renamed: [{ from, to: this.#saved(life, {}) }] }));
      }
      case "removeHandler":
        this.#lives = this.#lives.filter((one) => one !== life);
        this.referee.removed(life.number);
        return this.#supervisor.apply(batch({ removed: [life.handler] }));
      case "save":
        save({});
    }
  }

  /** The next revision of this handler. Its code says which life and which save it is. */
  #saved(life: Life, options: Partial<HandlerOptions>): Revision {
    life.saves++;
    life.options = { ...life.options, ...options };
    const code = `${life.number} ${life.saves}`;
    return revision({ handler: life.handler, code, resource: life.resource, options: life.options });
  }

  #addHandler(): void {
    const life: Life = {
      number: ++this.#lifeNumber,
      handler: `handler-${++this.#names}`,
      saves: 0,
      resource: "pods",
      options: { namespaces: ["a", "b"], retry: { attempts: 100 } },
    };
    this.#lives.push(life);
    this.#supervisor.apply(batch({ revisions: [this.#saved(life, {})] }));
  }

  #write(resource: ResourceOfTest, key: string): void {
    const resourceVersion = String(++this.#versions);
    const uid = this.#caches.objects(resource).get(key)?.uid ?? `uid-${resourceVersion}`;
    this.#caches.write(resource, { key, uid, resourceVersion });
  }

  #end(run: PendingRun | undefined, end: RunEnd): void {
    if (!run) return;
    this.referee.ended(run, end);
    run.end(end);
  }

  #timeOut(culprit: PendingRun | undefined): void {
    if (!culprit) return;
    for (const run of culprit.sandbox.runs) this.referee.ended(run, { type: "innocent" });
    culprit.sandbox.timeOut(culprit);
  }

  #crash(sandbox: SubstituteSandbox | undefined): void {
    if (!sandbox) return;
    for (const run of sandbox.runs) this.referee.ended(run, { type: "innocent" });
    sandbox.crash("out of memory");
  }

  get #inFlight(): PendingRun[] {
    return this.#pool.runs.filter((run) => run.sandbox.runs.has(run));
  }

  /** Every cache syncs, every run ends well, every wait passes. */
  async #comeToRest(): Promise<void> {
    this.#caches.letSync();
    this.#caches.deliver();
    this.#pool.letStart();
    for (let quiet = 0; quiet < 2; quiet++) {
      await this.#clock.advance(600_000);
      for (const run of this.#inFlight) {
        this.#end(run, RETURNED);
        quiet = -1;
      }
    }
  }
}
