import type { Revision } from "#loader/revision.ts";
import { parseKey } from "#resources/object-key.ts";
import type { RunEnd } from "#sandbox/sandbox.ts";
import type { ResourceOfTest } from "./substitute-caches.ts";
import type { PendingRun, SubstituteSandbox } from "./substitute-pool.ts";
import type { ObjectFields } from "./ticking-cache.ts";

/** A serving revision, those that drain, and the next one. */
const MOST_PROCESSES = 1 + 4 + 1;

/** What one handler was told about one object. */
interface Story {
  readonly resource: string;
  readonly namespace: string;
  finished: { readonly uid: string; readonly resourceVersion: string } | undefined;
  running: PendingRun | undefined;
  /** A reload put the object out of scope while it ran. */
  forgotten: boolean;
  /** The newest version that was told, by its number. */
  newest: number;
  /** Ids of events that ended well. */
  done: Set<string>;
}

interface Chronicle {
  resource: string;
  namespaces: readonly string[];
  readonly stories: Map<string, Story>;
  removed: boolean;
}

/** Knows for each handler what it finished, and names everything that is told and must not be, or that is not told and must be. */
export class ReloadReferee {
  readonly violations: string[] = [];
  readonly counts = { runs: 0, swaps: 0, finished: 0 };
  readonly #lives = new Map<number, Chronicle>();

  violate(text: string): void {
    this.violations.push(text);
  }

  /** From now on this revision serves: what it does not watch is forgotten. */
  swapped({ bundle, options }: Revision): void {
    this.counts.swaps++;
    const life = lifeOf(bundle.code);
    const before = this.#lives.get(life);
    const chronicle = before ?? { resource: "", namespaces: [], stories: new Map<string, Story>(), removed: false };
    chronicle.resource = options.resource;
    chronicle.namespaces = options.namespaces ?? [];
    this.#lives.set(life, chronicle);
    for (const story of chronicle.stories.values()) {
      if (story.resource === chronicle.resource && chronicle.namespaces.includes(story.namespace)) continue;
      Object.assign(story, { finished: undefined, newest: 0, done: new Set(), forgotten: story.running !== undefined });
    }
  }

  removed(life: number): void {
    const chronicle = this.#lives.get(life);
    if (chronicle) chronicle.removed = true;
  }

  started(run: PendingRun): void {
    this.counts.runs++;
    const { header, object, old } = run.event;
    const what = `${run.sandbox.program.code}: ${String(header["type"])} ${header.id}`;
    const chronicle = this.#lives.get(lifeOf(run.sandbox.program.code));
    if (!chronicle) return this.violate(`${what} before the handler was live`);
    const story = this.#storyOf(run, chronicle);
    const { uid, resourceVersion } = versionIn(object);
    if (story.running) this.violate(`${what} while another one of that object runs`);
    story.running = run;
    if (story.done.has(header.id)) this.violate(`${what} doubled`);
    if (Number(resourceVersion) < story.newest) this.violate(`${what} out of order, ${story.newest} was told`);
    story.newest = Number(resourceVersion);
    const expected = header["type"] === "added" ? undefined : uid;
    if (story.finished?.uid !== expected) this.violate(`${what} after ${story.finished?.uid ?? "nothing"}`);
    if (old && versionIn(old).resourceVersion !== story.finished?.resourceVersion)
      this.violate(`${what} with a wrong old`);
  }

  ended(run: PendingRun, end: RunEnd): void {
    const story = this.#storyOf(run, this.#lives.get(lifeOf(run.sandbox.program.code)));
    story.running = undefined;
    if (story.forgotten) return void (story.forgotten = false);
    if (end.type !== "returned") return;
    this.counts.finished++;
    story.finished = run.event.header["type"] === "deleted" ? undefined : versionIn(run.event.object);
    story.done.add(run.event.header.id);
  }

  checkProcesses(alive: readonly SubstituteSandbox[]): void {
    for (const [life, processes] of Map.groupBy(alive, ({ program }) => lifeOf(program.code))) {
      if (processes.length > MOST_PROCESSES) this.violate(`${processes.length} processes of handler ${life}`);
    }
  }

  /** Nothing runs and nothing waits: whatever is so must have been told. */
  checkRest(life: number, objects: (resource: ResourceOfTest) => ReadonlyMap<string, ObjectFields>): void {
    const chronicle = this.#lives.get(life);
    if (!chronicle) return;
    const { resource, namespaces, stories } = chronicle;
    const now = objects(resource === "pods" ? "pods" : "deployments.apps");
    for (const [key, { resourceVersion }] of now) {
      if (!namespaces.includes(parseKey(key).namespace)) continue;
      const told = stories.get(`${resource} ${key}`)?.finished?.resourceVersion;
      if (told !== resourceVersion) this.violate(`${life}: ${key}@${resourceVersion} lost, told ${told ?? "nothing"}`);
    }
    for (const [name, { finished }] of stories) {
      const [ofResource, key = ""] = name.split(" ");
      if (finished && ofResource === resource && !now.has(key)) this.violate(`${life}: the delete of ${key} is lost`);
    }
  }

  #storyOf({ event, sandbox }: PendingRun, chronicle: Chronicle | undefined): Story {
    const { plural, group } = event.header["resource"] as { plural: string; group: string };
    const resource = group === "" ? plural : `${plural}.${group}`;
    const { namespace, name } = event.key;
    const key = `${resource} ${namespace}/${name}`;
    const known = chronicle?.stories.get(key);
    if (known) return known;
    if (resource !== chronicle?.resource) this.violate(`${sandbox.program.code}: ${resource}, a wrong type`);
    const story: Story = {
      resource,
      namespace,
      finished: undefined,
      running: undefined,
      forgotten: false,
      newest: 0,
      done: new Set(),
    };
    chronicle?.stories.set(key, story);
    return story;
  }
}

function lifeOf(code: string): number {
  return Number(code.split(" ")[0]);
}

function versionIn(bytes: Uint8Array): { readonly uid: string; readonly resourceVersion: string } {
  const { metadata }: { metadata: { uid: string; resourceVersion: string } } = JSON.parse(
    Buffer.from(bytes).toString(),
  );
  return metadata;
}
