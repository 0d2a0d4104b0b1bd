import type { CacheView } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { namespaceOf, type Version } from "./version.ts";

/** An informer's cache. The bytes that it hands out are good for one tick: reading them later throws. */
export class SimulatedCache implements CacheView {
  readonly versions: Map<string, Version>;
  #tick = 0;

  constructor(versions: Iterable<Version> = []) {
    this.versions = new Map(Array.from(versions, (version) => [version.key, version]));
  }

  /** The bytes that were handed out before are gone. */
  tick(): void {
    this.#tick++;
  }

  get(key: string): RawObject | undefined {
    const version = this.versions.get(key);
    return version && this.object(version);
  }

  *values(): Iterable<RawObject> {
    for (const version of this.versions.values()) yield this.object(version);
  }

  object(version: Version): RawObject {
    const born = this.#tick;
    const { key, uid, resourceVersion, tier } = version;
    const namespace = namespaceOf(key);
    let bytes: Buffer | undefined;
    return {
      key,
      namespace,
      name: key.slice(namespace.length + 1),
      uid,
      resourceVersion,
      labels: { tier },
      ownerUids: [],
      bytes: () => {
        if (born !== this.#tick) throw new Error(`Cannot read ${key}@${resourceVersion}: its tick is over`);
        return (bytes ??= Buffer.from(JSON.stringify(version)));
      },
    };
  }
}
