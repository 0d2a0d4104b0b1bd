import type { EventType } from "#handler-api/events.ts";
import { handlerIdOf } from "./handler-files.ts";

/** What a file's name says that its handler listens to. */
export interface FileNameMeaning {
  /** As kubectl takes it: `pod`, `certificate.cert-manager.io`. */
  readonly resource: string;
  readonly events: readonly EventType[];
}

const EVENTS: ReadonlyMap<string, readonly EventType[]> = new Map([
  ["added", ["added"]],
  ["updated", ["updated"]],
  ["deleted", ["deleted"]],
  ["changed", ["added", "updated", "deleted"]],
]);

/** Reads `<kind>-<event>.ts`; folders mean nothing. `undefined`: the name follows another rule. */
export function readFileName(file: string): FileNameMeaning | undefined {
  const name = handlerIdOf(file).split("/").at(-1) ?? "";
  const dash = name.lastIndexOf("-");
  const events = EVENTS.get(name.slice(dash + 1));
  return dash > 0 && events ? { resource: name.slice(0, dash), events } : undefined;
}
