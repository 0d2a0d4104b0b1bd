/** Who did what, for whoever must answer for it later: records with `audit: true`. Never what was written, only where and with what result. */
import type { BrokerDeps, FetchOrigin, KubeWrite, RefusedCall, RefusedFetch, WriteOrigin } from "#broker/ports.ts";
import type { Clock } from "#kernel/clock.ts";
import type { LogFields, Logger } from "#observability/logger.ts";
import { resourceName } from "#resources/api-resource.ts";
import { RefusalThrottle } from "./refusal-throttle.ts";

export interface AuditLogDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What the broker tells. */
interface Told {
  readonly onWrite: NonNullable<BrokerDeps["onWrite"]>;
  readonly onRefusal: NonNullable<BrokerDeps["onRefusal"]>;
  readonly onRefusedFetch: NonNullable<BrokerDeps["onRefusedFetch"]>;
}

/** The mark of records that belong to the audit. */
export const AUDIT = { audit: true } as const;

/** A handler chooses what it names. */
const MAX_TEXT_CHARACTERS = 1_024;

export class AuditLog {
  readonly #logger: Logger;
  readonly #dryRun: boolean;
  readonly #refusals: RefusalThrottle;
  readonly #refusedFetches: RefusalThrottle;

  constructor({ clock, logger }: AuditLogDeps, { dryRun }: { readonly dryRun: boolean }) {
    this.#logger = logger;
    this.#dryRun = dryRun;
    this.#refusals = new RefusalThrottle(clock, (handler, count) =>
      logger.warn("more kube calls refused", { handler, count, ...AUDIT }),
    );
    this.#refusedFetches = new RefusalThrottle(clock, (handler, count) =>
      logger.warn("more fetches refused", { handler, count, ...AUDIT }),
    );
  }

  /** For the broker. */
  get told(): Told {
    return {
      onWrite: (...write) => this.#wrote(...write),
      onRefusal: (...call) => this.#refused(...call),
      onRefusedFetch: (...request) => this.#refusedFetch(...request),
    };
  }

  /** Tells what was only counted so far. */
  close(): void {
    this.#refusals.close();
    this.#refusedFetches.close();
  }

  #wrote({ verb, target, result }: KubeWrite, origin: WriteOrigin): void {
    const { name = "" } = target;
    const fields = { ...callFields({ verb, ...target, name }, origin), result, dryRun: this.#dryRun };
    this.#logger.info("kube write", { ...fields, ...AUDIT });
  }

  #refused(refused: RefusedCall, origin: WriteOrigin): void {
    if (!this.#refusals.admits(origin.handler)) return;
    const fields = { ...callFields(refused, origin), reason: shortened(refused.reason) };
    this.#logger.warn("kube call refused", { ...fields, ...AUDIT });
  }

  #refusedFetch({ url, reason }: RefusedFetch, { handler, event }: FetchOrigin): void {
    if (!this.#refusedFetches.admits(handler)) return;
    const fields = { handler, ...(event && { event: event.id }), url: shortened(url), reason: shortened(reason) };
    this.#logger.warn("fetch refused", { ...fields, ...AUDIT });
  }
}

function callFields(
  { verb, resource, subresource, namespace, name }: Omit<RefusedCall, "reason">,
  { handler, event }: WriteOrigin,
): LogFields {
  const plural = resourceName(resource);
  return {
    handler,
    event: event.id,
    verb,
    resource: subresource === undefined ? plural : `${plural}/${subresource}`,
    ...(namespace !== "" && { namespace }),
    ...(name !== "" && { name: shortened(name) }),
  };
}

function shortened(text: string): string {
  return text.length <= MAX_TEXT_CHARACTERS ? text : `${text.slice(0, MAX_TEXT_CHARACTERS)}…`;
}
