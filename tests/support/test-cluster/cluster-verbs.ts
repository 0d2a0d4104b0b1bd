import { setTimeout as delay } from "node:timers/promises";
import type { Ask } from "./admin-client.ts";

/** What names an object. */
export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  /** The namespace `default` goes without saying. */
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [member: string]: unknown;
}

export interface StoredObject extends Named {
  readonly metadata: Named["metadata"] & {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** What tests do to a cluster. Each resolves when it is done, and rejects with what the server says against it. */
export interface ClusterVerbs {
  create(...objects: readonly Named[]): Promise<void>;
  /** Server-side, taking fields from whoever has them. Waits for the kind to be served. */
  apply(...objects: readonly Named[]): Promise<void>;
  /** A merge patch. */
  patch(object: Named, patch: object): Promise<void>;
  patchStatus(object: Named, status: object): Promise<void>;
  /** `null` takes a label away. */
  label(object: Named, labels: Readonly<Record<string, string | null>>): Promise<void>;
  scale(object: Named, replicas: number): Promise<void>;
  /** Without grace. */
  delete(...objects: readonly Named[]): Promise<void>;
  /** `undefined`: there is none. */
  get(object: Named): Promise<StoredObject | undefined>;
  /** What a path answers. */
  read<T>(path: string): Promise<T>;
  createNamespace(name: string): Promise<string>;
  /** Waits until a kind can be used, for example one whose definition has just been made. */
  untilServed(apiVersion: string, kind: string): Promise<void>;
}

const SERVED_TIMEOUT_MS = 30_000;
const MERGE_PATCH = "application/merge-patch+json";

export function createClusterVerbs(ask: Ask): ClusterVerbs {
  const collections = new Collections(ask);
  const pathOf = async (object: Named): Promise<string> =>
    `${await collections.pathOf(object)}/${object.metadata.name}`;
  const patch = async (object: Named, body: object, subresource = ""): Promise<void> => {
    await ask({ method: "PATCH", path: `${await pathOf(object)}${subresource}`, body, contentType: MERGE_PATCH });
  };
  const verbs: ClusterVerbs = {
    async create(...objects) {
      for (const body of objects) await ask({ method: "POST", path: await collections.pathOf(body), body });
    },
    async apply(...objects) {
      for (const body of objects) {
        const path = `${await pathOf(body)}?fieldManager=test&force=true`;
        await ask({ method: "PATCH", path, body, contentType: "application/apply-patch+yaml" });
      }
    },
    patch,
    patchStatus: (object, status) => patch(object, { status }, "/status"),
    label: (object, labels) => patch(object, { metadata: { labels } }),
    scale: (object, replicas) => patch(object, { spec: { replicas } }, "/scale"),
    async delete(...objects) {
      for (const object of objects)
        await ask({ method: "DELETE", path: await pathOf(object), body: { gracePeriodSeconds: 0 } });
    },
    async get(object) {
      const { code, body } = await ask({ method: "GET", path: await pathOf(object), expected: [404] });
      return code === 404 ? undefined : (body as StoredObject);
    },
    read: async <T>(path: string) => (await ask({ method: "GET", path })).body as T,
    async createNamespace(name) {
      await verbs.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
      return name;
    },
    untilServed: (apiVersion, kind) => collections.untilServed(apiVersion, kind),
  };
  return verbs;
}

interface ServedKind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Where the objects of each kind are, as discovery tells. */
class Collections {
  readonly #ask: Ask;
  readonly #kinds = new Map<string, ServedKind>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async pathOf({ apiVersion, kind, metadata: { namespace = "default" } }: Named): Promise<string> {
    const { name, namespaced } = await this.#find(apiVersion, kind);
    return namespaced ? `${rootOf(apiVersion)}/namespaces/${namespace}/${name}` : `${rootOf(apiVersion)}/${name}`;
  }

  async untilServed(apiVersion: string, kind: string): Promise<void> {
    await this.#find(apiVersion, kind);
  }

  async #find(apiVersion: string, kind: string): Promise<ServedKind> {
    const known = this.#kinds.get(`${apiVersion} ${kind}`);
    if (known) return known;
    const deadline = performance.now() + SERVED_TIMEOUT_MS;
    while (performance.now() < deadline) {
      const found = await this.#discover(apiVersion, kind);
      if (found) {
        this.#kinds.set(`${apiVersion} ${kind}`, found);
        return found;
      }
      await delay(100);
    }
    throw new Error(`Cannot use kind ${kind} of ${apiVersion}: the server does not serve it`);
  }

  async #discover(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const root = rootOf(apiVersion);
    const { code, body } = await this.#ask({ method: "GET", path: root, expected: [404] });
    if (code === 404) return undefined;
    const { resources } = body as { readonly resources: readonly ServedKind[] };
    const found = resources.find((one) => one.kind === kind && !one.name.includes("/"));
    if (!found) return undefined;
    // It is discovered before it is served.
    const list = await this.#ask({ method: "GET", path: `${root}/${found.name}?limit=1`, expected: [404, 405] });
    return list.code === 404 ? undefined : found;
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
