import { isSatisfied, labelRequirement, LabelSelectorError, type LabelRequirement } from "./label-requirement.ts";
import { parseRequirements } from "./label-selector-text.ts";
import type { Labels } from "./raw-object.ts";

export interface LabelSelector {
  /** True if `matches` is true whatever the labels are. */
  readonly isEverything: boolean;
  /** How many comparisons `matches` makes at most, a set counting as one. */
  readonly terms: number;
  matches(labels: Labels): boolean;
}

/** The `LabelSelector` that objects carry, for example in `spec.selector` of a Deployment. */
export interface LabelSelectorObject {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/**
 * The selector that kubectl takes with `-l`. Empty text selects everything. Throws `LabelSelectorError`.
 * @example parseLabelSelector("app=web,tier in (front, back),!legacy").matches({ app: "web", tier: "back" }) // true
 */
export function parseLabelSelector(text: string): LabelSelector {
  return allOf(parseRequirements(text));
}

/** The selector of an object's field. None at all selects nothing, an empty one everything. Throws `LabelSelectorError`. */
export function labelSelectorOf(selector: LabelSelectorObject | null | undefined): LabelSelector {
  if (!selector) return nothing;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return allOf([
    ...Object.entries(matchLabels).map(([key, value]) => labelRequirement(key, "=", [value])),
    ...matchExpressions.map(({ key, operator, values = [] }) => labelRequirement(key, textOperator(operator), values)),
  ]);
}

const nothing: LabelSelector = { isEverything: false, terms: 0, matches: () => false };

function allOf(requirements: readonly LabelRequirement[]): LabelSelector {
  return {
    isEverything: requirements.length === 0,
    terms: requirements.length,
    // Called for each object of a cache: a function for each call would cost more than the comparison.
    matches(labels) {
      for (const requirement of requirements) if (!isSatisfied(requirement, labels)) return false;
      return true;
    },
  };
}

function textOperator(operator: string): LabelRequirement["operator"] {
  switch (operator) {
    case "In":
      return "in";
    case "NotIn":
      return "notin";
    case "Exists":
      return "exists";
    case "DoesNotExist":
      return "!";
    default:
      throw new LabelSelectorError(
        `Cannot use label selector: unknown operator "${operator}". Use In, NotIn, Exists or DoesNotExist`,
      );
  }
}
