import { elementsOf, fieldOf, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { DeleteOptions } from "../../operations/api-operations.ts";
import type { QueryReader } from "./query-reader.ts";
import { badRequest, invalidOptions, type OptionFault } from "./request-errors.ts";
import { dryRunFaults } from "./write-options.ts";

/** From the body; only without one from the query, as the real server does. */
export function deleteOptions(body: JsonRecord | undefined, query: QueryReader): DeleteOptions {
  const asked = body === undefined ? fromQuery(query) : fromBody(body);
  const faults = [...policyFaults(asked), ...dryRunFaults(asked.dryRun)];
  if (faults.length > 0) throw invalidOptions("DeleteOptions", faults);
  return {
    dryRun: asked.dryRun.length > 0,
    gracePeriodSeconds: asked.gracePeriodSeconds,
    propagationPolicy: policyOf(asked),
    preconditions: asked.preconditions,
  };
}

interface Asked {
  readonly dryRun: readonly string[];
  readonly gracePeriodSeconds: number | undefined;
  readonly propagationPolicy: string | undefined;
  /** The older form of the policy. */
  readonly orphanDependents: boolean | undefined;
  readonly preconditions: DeleteOptions["preconditions"];
}

function fromQuery(query: QueryReader): Asked {
  return {
    dryRun: query.texts("dryRun"),
    gracePeriodSeconds: query.integer("gracePeriodSeconds"),
    propagationPolicy: query.has("propagationPolicy") ? query.text("propagationPolicy") : undefined,
    orphanDependents: query.has("orphanDependents") ? query.truth("orphanDependents") : undefined,
    preconditions: {},
  };
}

function fromBody(body: JsonRecord): Asked {
  const grace = fieldOf(body, "gracePeriodSeconds") ?? undefined;
  if (grace !== undefined && !Number.isInteger(grace)) {
    throw badRequest(
      `json: cannot unmarshal ${typeof grace} into Go struct field DeleteOptions.gracePeriodSeconds of type int64`,
    );
  }
  const orphan = fieldOf(body, "orphanDependents");
  const preconditions = fieldOf(body, "preconditions");
  const uid = textOf(preconditions, "uid");
  const resourceVersion = textOf(preconditions, "resourceVersion");
  return {
    dryRun: elementsOf(body, "dryRun").map(String),
    gracePeriodSeconds: numberOf(body, "gracePeriodSeconds"),
    propagationPolicy: textOf(body, "propagationPolicy"),
    orphanDependents: typeof orphan === "boolean" ? orphan : undefined,
    preconditions: { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) },
  };
}

const POLICIES = ["Foreground", "Background", "Orphan"] as const;

function policyFaults({ propagationPolicy, orphanDependents }: Asked): OptionFault[] {
  if (propagationPolicy === undefined) return [];
  const field = "propagationPolicy";
  if (orphanDependents !== undefined) {
    const message = `Invalid value: "${propagationPolicy}": orphanDependents and deletionPropagation cannot be both set`;
    return [{ field, reason: "FieldValueInvalid", message }];
  }
  if (POLICIES.some((policy) => policy === propagationPolicy)) return [];
  const supported = [...POLICIES, "nil"].map((one) => `"${one}"`).join(", ");
  const message = `Unsupported value: "${propagationPolicy}": supported values: ${supported}`;
  return [{ field, reason: "FieldValueNotSupported", message }];
}

function policyOf({ propagationPolicy, orphanDependents }: Asked): DeleteOptions["propagationPolicy"] {
  if (orphanDependents !== undefined) return orphanDependents ? "Orphan" : "Background";
  return POLICIES.find((policy) => policy === propagationPolicy);
}
