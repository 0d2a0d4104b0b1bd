import type { RevisionServer } from "./revision-server.ts";

/** Beyond this many replaced processes that still run something, the newest revision waits. */
const LIMIT = 4;

/** Replaced revisions that finish their runs. None is ever cut short by a reload. */
export class DrainingServers {
  readonly #servers = new Map<RevisionServer, Promise<void>>();

  /** Stops the server once nothing runs in it. */
  add(server: RevisionServer): void {
    server.retire();
    const drained = async (): Promise<void> => {
      await server.drained();
      await server.stop();
      this.#servers.delete(server);
    };
    this.#servers.set(server, drained());
  }

  get processIds(): readonly number[] {
    return [...this.#servers.keys()].flatMap(({ processIds }) => processIds);
  }

  /** Resolves once another one may be added. */
  async room(): Promise<void> {
    while (this.#servers.size >= LIMIT) await Promise.race(this.#servers.values());
  }

  async empty(): Promise<void> {
    await Promise.all(this.#servers.values());
  }

  abort(reason: string): void {
    for (const server of this.#servers.keys()) server.abort(reason);
  }

  /** Ends every process, whatever runs in it. */
  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#servers.keys(), (server) => server.stop()));
  }
}
