import type { HandlerContext } from "./context.ts";
import type { EventOf, EventType } from "./events.ts";
import type { Duration, HandlerOptions, ListersOption } from "./options.ts";
import type { ObjectOf, ResourceName } from "./resources.ts";

/** Marks what `on` returns, whichever copy of this module made it. */
const HANDLER: unique symbol = Symbol.for("informd.handler");

/** A handler with what it listens to: the default export of a handler file, or an item of it. */
export interface HandlerDefinition {
  readonly [HANDLER]: 1;
  readonly resource: string;
  readonly options: object;
  readonly handler: (event: never, context: never) => HandlerResult;
}

/** Nothing, or when to run again for the same object. */
export type HandlerResult = Outcome | Promise<Outcome>;
// oxlint-disable-next-line typescript/no-invalid-void-type -- a handler that returns nothing is typed `void`
type Outcome = void | { readonly requeueAfter: Duration };

type DefaultEvents = readonly ["added", "updated", "deleted"];

/**
 * Declares a handler; the type of the event's object follows from the resource's name.
 *
 * ```ts
 * export default on("deployments.apps", { events: ["updated"], changed: ["spec.replicas"] }, (event, { log }) => {
 *   log.info("scaled", { from: event.old.spec?.replicas, to: event.object.spec?.replicas });
 * });
 * ```
 */
export function on<const Resource extends ResourceName>(
  resource: Resource,
  handler: Handler<Resource, DefaultEvents, readonly []>,
): HandlerDefinition;
export function on<
  const Resource extends ResourceName,
  const Events extends readonly EventType[] = DefaultEvents,
  const Listers extends ListersOption = readonly [],
>(
  resource: Resource,
  options: HandlerOptions<EventOf<ObjectOf<Resource>, Events[number]>, Events, Listers>,
  handler: Handler<Resource, Events, Listers>,
): HandlerDefinition;
export function on(
  resource: string,
  ...rest: [HandlerDefinition["handler"]] | [object, HandlerDefinition["handler"]]
): HandlerDefinition {
  const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
  // Plain JavaScript gets here with anything.
  const fault = faultOf(resource, handler);
  if (fault !== undefined) {
    const error = new TypeError(fault);
    // The place to mend is the call.
    Error.captureStackTrace(error, on);
    throw error;
  }
  return { [HANDLER]: 1, resource, options, handler };
}

function faultOf(resource: unknown, handler: unknown): string | undefined {
  if (typeof resource !== "string")
    return `Cannot use on(…): its first argument must be a resource such as "pods"; got ${typeof resource}`;
  if (typeof handler === "function") return undefined;
  return `Cannot use on("${resource}", …): its last argument must be the handler, a function; got ${typeof handler}`;
}

type Handler<Resource extends string, Events extends readonly EventType[], Listers extends ListersOption> = (
  event: EventOf<ObjectOf<Resource>, Events[number]>,
  context: HandlerContext<Resource, Listers>,
) => HandlerResult;
