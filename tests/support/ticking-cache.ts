import type { CacheView } from "#dispatch/ports.ts";
import { formatKey, parseKey } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";

/** What an object looks like in a test. The JSON is made from it. */
export interface ObjectFields {
  readonly key: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly generation?: number;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A cache whose bytes are good for one tick, like those of a cache that reuses its memory. */
export class TickingCache implements CacheView {
  readonly #objects = new Map<string, ObjectFields>();
  #tick = 0;

  /** From now on the bytes that were handed out before may not be read. */
  tick(): void {
    this.#tick++;
  }

  fields(key: string): ObjectFields | undefined {
    return this.#objects.get(key);
  }

  set(fields: ObjectFields): void {
    this.#objects.set(fields.key, fields);
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  get(key: string): RawObject | undefined {
    const fields = this.#objects.get(key);
    return fields && this.object(fields);
  }

  *values(): Iterable<RawObject> {
    for (const fields of this.#objects.values()) yield this.object(fields);
  }

  /** An object that was in the cache, as the informer hands it out in this tick. */
  object(fields: ObjectFields): RawObject {
    const born = this.#tick;
    const { namespace, name } = parseKey(fields.key);
    const { uid, resourceVersion, labels = {} } = fields;
    let bytes: Buffer | undefined;
    return {
      key: formatKey({ namespace, name }),
      namespace,
      name,
      uid,
      resourceVersion,
      labels,
      ownerUids: [],
      bytes: () => {
        if (born !== this.#tick) throw new Error(`Cannot read ${fields.key}@${resourceVersion}: its tick is over`);
        return (bytes ??= Buffer.from(JSON.stringify(jsonOf(fields, namespace, name))));
      },
    };
  }
}

function jsonOf(
  { uid, resourceVersion, labels = {}, generation, spec, status }: ObjectFields,
  namespace: string,
  name: string,
) {
  return { metadata: { namespace, name, uid, resourceVersion, labels, generation }, spec, status };
}
