/** The public API: what a handler imports, and the informer library. */
export type {
  Cause,
  EventType,
  AddedEvent,
  DeletedEvent,
  ResourceEvent,
  UnselectedEvent,
  UpdatedEvent,
} from "#handler-api/events.ts";
export { NotAllowedError, PermanentError, RetryAfter } from "#handler-api/errors.ts";
export type { HandlerOptions } from "#handler-api/options.ts";
export type { Wire, WireObject } from "#handler-api/wire.ts";
