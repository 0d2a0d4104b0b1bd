/** Where one handler stands. Moved by `transition` only. */
import type { Revision } from "#loader/revision.ts";
import type { RevisionServer } from "./revision-server.ts";

export type HandlerPhase =
  /** Nothing was offered yet. */
  | { readonly type: "absent" }
  /** The first revision is on its way. `reason`: why its caches are not there yet; then the handler is degraded. */
  | { readonly type: "starting"; readonly candidate: Candidate; readonly reason: string | undefined }
  | { readonly type: "serving"; readonly server: RevisionServer }
  /** A newer revision is on its way; the old one serves. `reason`: why it takes long. */
  | {
      readonly type: "replacing";
      readonly server: RevisionServer;
      readonly candidate: Candidate;
      readonly reason: string | undefined;
    }
  /** The first revision does not start. */
  | { readonly type: "failed" }
  | { readonly type: "removed" };

/** A revision on its way. Cancelling it never touches the one that serves. */
export interface Candidate {
  readonly revision: Revision;
  readonly cancel: AbortController;
}

export type HandlerEvent =
  | { readonly type: "offered"; readonly candidate: Candidate }
  /** What serves already was offered again. */
  | { readonly type: "confirmed" }
  | { readonly type: "delayed"; readonly reason: string }
  | { readonly type: "swapped"; readonly server: RevisionServer }
  | { readonly type: "refused" }
  | { readonly type: "removed" };

export function transition(phase: HandlerPhase, event: HandlerEvent): HandlerPhase {
  const server = serverOf(phase);
  if (phase.type === "removed") return phase;
  switch (event.type) {
    case "offered": {
      const { candidate } = event;
      if (server) return { type: "replacing", server, candidate, reason: undefined };
      return { type: "starting", candidate, reason: undefined };
    }
    case "delayed":
      return phase.type === "starting" || phase.type === "replacing" ? { ...phase, reason: event.reason } : phase;
    case "swapped":
      return { type: "serving", server: event.server };
    case "confirmed":
    case "refused":
      return server ? { type: "serving", server } : { type: "failed" };
    case "removed":
      return { type: "removed" };
  }
}

export function serverOf(phase: HandlerPhase): RevisionServer | undefined {
  return phase.type === "serving" || phase.type === "replacing" ? phase.server : undefined;
}

export function candidateOf(phase: HandlerPhase): Candidate | undefined {
  return phase.type === "starting" || phase.type === "replacing" ? phase.candidate : undefined;
}
