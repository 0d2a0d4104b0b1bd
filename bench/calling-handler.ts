import { buildSync } from "esbuild";
import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import type { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

export interface CallingHandlerOptions {
  readonly resource: ApiResource;
  readonly allow: object;
  /** TypeScript with `kube`, `fetch` and the like in scope. */
  readonly call: string;
  /** In one run, one after the other. */
  readonly calls: number;
}

const NEVER = new AbortController().signal;
const NAMESPACE = "default";
const NAME = "asked";

/** A handler in a sandbox that makes the same call again and again. */
export class CallingHandler {
  readonly #sandbox: Sandbox;
  readonly #taken: number[];

  private constructor(sandbox: Sandbox, taken: number[]) {
    this.#sandbox = sandbox;
    this.#taken = taken;
  }

  static async open(
    pool: ProcessSandboxPool,
    deps: BrokerDeps,
    { resource, allow, call, calls }: CallingHandlerOptions,
  ): Promise<CallingHandler> {
    const resolution = resolveOptions(resource.plural, { allow });
    if (resolution.type === "invalid") throw new Error(JSON.stringify(resolution.problems));
    const { options } = resolution;
    const cache = { resource, reader: new ObjectStore() };
    const brokered = createCapabilities(deps, { id: "bench", options, cache, listers: {} });
    const taken: number[] = [];
    const log = ({ fields }: { readonly fields: object }): void => void taken.push(Number(Reflect.get(fields, "ms")));
    const program = { id: "bench", file: "bench.ts", code: programOf(resource, call, calls), sourceMap: "{}" };
    const served = { entry: 0, env: {}, listers: [], capabilities: { ...brokered, log } };
    const opened = await pool.open(program, served, options, NEVER);
    if (opened.type === "failed") throw new Error(opened.error.message);
    return new CallingHandler(opened.sandbox, taken);
  }

  /** How long each call took, as the handler saw it, in milliseconds. */
  async run(): Promise<readonly number[]> {
    this.#taken.length = 0;
    const id = "bench/1/added";
    const object = Buffer.from(JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: NAME } }));
    const header = { id, type: "added", cause: "live", attempt: 1 };
    const key = { id, namespace: NAMESPACE, name: NAME };
    const end = await this.#sandbox.run({ header, key, object, old: undefined }, 30_000);
    if (end.type !== "returned") throw new Error(`Cannot measure: the handler ended with ${JSON.stringify(end)}`);
    return [...this.#taken];
  }
}

function programOf({ plural }: ApiResource, call: string, calls: number): string {
  const contents = `export default {
    [Symbol.for("informd.handler")]: 1, resource: "${plural}", options: {},
    async handler(_event, { kube, fetch, log }) {
      for (let i = 0; i < ${calls}; i++) {
        const startedAt = performance.now();
        ${call}
        log.info("done", { ms: performance.now() - startedAt });
      }
    },
  };`;
  const { outputFiles } = buildSync({ stdin: { contents }, write: false, format: "cjs", banner: { js: "\n" } });
  return outputFiles[0]?.text ?? "";
}
