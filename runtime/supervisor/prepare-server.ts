import type { Revision } from "#loader/revision.ts";
import type { GuestError } from "#sandbox/sandbox.ts";
import type { HandlerCaches, OpenCaches } from "./ports.ts";
import type { RevisionServer } from "./revision-server.ts";

export interface PrepareDeps {
  readonly openCaches: OpenCaches;
  readonly createServer: (revision: Revision, caches: HandlerCaches) => RevisionServer;
}

export type Preparation =
  | { readonly type: "ready"; readonly server: RevisionServer }
  | { readonly type: "refused"; readonly error: GuestError }
  | { readonly type: "cancelled" };

/** Brings a revision to where it could serve at once: caches first, which may take for ever, then a process. */
export async function prepareServer(
  { openCaches, createServer }: PrepareDeps,
  revision: Revision,
  onDelay: (reason: string) => void,
  signal: AbortSignal,
): Promise<Preparation> {
  const { handler, options } = revision;
  const caches = await openCaches({ handler, options }, onDelay, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return undefined;
  });
  if (!caches) return { type: "cancelled" };
  const server = createServer(revision, caches);
  const stop = (): void => void server.stop();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const opening = await server.open();
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return { type: "cancelled" };
  if (opening.type === "open") return { type: "ready", server };
  await server.stop();
  return { type: "refused", error: opening.error };
}
