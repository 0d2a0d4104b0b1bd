import type { EventType } from "#handler-api/events.ts";
import { handlerIdOf } from "./directory/handler-files.ts";

/** What a file's name says that its handler listens to. */
export interface FileNameMeaning {
  /** As kubectl takes it: `pod`, `certificate.cert-manager.io`. */
  readonly resource: string;
  readonly events: readonly EventType[];
}

/** The last part of a handler file's name. */
export type FileEvent = "added" | "updated" | "deleted" | "changed";

const EVENTS: Readonly<Record<FileEvent, readonly EventType[]>> = {
  added: ["added"],
  updated: ["updated"],
  deleted: ["deleted"],
  changed: ["added", "updated", "deleted"],
};

export const FILE_EVENTS: readonly FileEvent[] = ["added", "updated", "deleted", "changed"];

/** Reads `<kind>-<event>.ts`; folders mean nothing. `undefined`: the name follows another rule. */
export function readFileName(file: string): FileNameMeaning | undefined {
  const { kind, ending } = splitFileName(file);
  const event = FILE_EVENTS.find((one) => one === ending);
  return kind !== "" && event ? { resource: kind, events: EVENTS[event] } : undefined;
}

/** At the last dash. `kind` is `""` where there is none. */
export function splitFileName(file: string): { readonly kind: string; readonly ending: string } {
  const name = handlerIdOf(file).split("/").at(-1) ?? "";
  const dash = Math.max(0, name.lastIndexOf("-"));
  return { kind: name.slice(0, dash), ending: name.slice(dash === 0 ? 0 : dash + 1) };
}
