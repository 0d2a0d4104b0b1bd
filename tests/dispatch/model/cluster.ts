import type { HandlerConfig } from "./handler-config.ts";
import type { Seeded } from "./seeded.ts";
import type { Version } from "./version.ts";

type Resource = HandlerConfig["resource"];

/** What is true, whether or not an informer has seen it. */
export class Cluster {
  readonly #random: Seeded;
  readonly #objects = { pods: new Map<string, Version>(), deployments: new Map<string, Version>() };
  readonly #past: Version[] = [];
  readonly #byResourceVersion = new Map<string, Version>();
  #resourceVersion = 100;
  #seq = 0;
  #uids = 0;

  constructor(random: Seeded) {
    this.#random = random;
  }

  objects(resource: Resource): ReadonlyMap<string, Version> {
    return this.#objects[resource];
  }

  /** Creates the object or changes one thing of it. */
  write(resource: Resource, key: string): Version {
    const before = this.#objects[resource].get(key);
    const after = this.#version(before ? this.#change(before) : this.#create(key));
    this.#objects[resource].set(key, after);
    return after;
  }

  /** The final state of the object, if it existed. */
  remove(resource: Resource, key: string): Version | undefined {
    const before = this.#objects[resource].get(key);
    this.#objects[resource].delete(key);
    return before && this.#version(before);
  }

  /** A version that was. */
  find(resourceVersion: string): Version {
    const version = this.#byResourceVersion.get(resourceVersion);
    if (!version) throw new Error(`Cannot find version ${resourceVersion}: it never was`);
    return version;
  }

  /** etcd comes back from a backup: one object is as it was, with the resourceVersion of then. */
  restore(resource: Resource): void {
    const now = this.#random.pick([...this.#objects[resource].values(), undefined]);
    if (!now) return;
    const earlier = this.#random.pick(this.#past.filter(({ uid }) => uid === now.uid));
    this.#objects[resource].set(now.key, { ...earlier, seq: ++this.#seq });
  }

  #create(key: string): Version {
    const tier = this.#random.pick(["web", "web", "db"]);
    const spec = this.#random.below(2);
    return { key, uid: `U${++this.#uids}`, tier, spec, status: 0, resourceVersion: "", seq: 0 };
  }

  #change(before: Version): Version {
    const field = this.#random.weighted({ spec: 3, status: 3, tier: 3 });
    if (field === "tier") return { ...before, tier: before.tier === "web" ? "db" : "web" };
    return { ...before, [field]: before[field] + 1 };
  }

  #version(fields: Version): Version {
    const version = { ...fields, resourceVersion: `${++this.#resourceVersion}`, seq: ++this.#seq };
    this.#past.push(version);
    this.#byResourceVersion.set(version.resourceVersion, version);
    return version;
  }
}
