/** Reads options of any kind out of unknown data and collects what is wrong with them, so that one save shows every problem. */
import { nearestName } from "../nearest-name.ts";

export interface OptionProblem {
  /** `timeout`, `retry.attempts`, `allow.kube[0]` */
  readonly option: string;
  /** A sentence that names the option, the value and what is allowed. */
  readonly reason: string;
}

export type OptionRecord = Readonly<Record<string, unknown>>;

/** What a text must look like. */
export interface TextRule {
  /** What is wrong with this text; `undefined` if nothing is. */
  readonly fault: (text: string) => string | undefined;
  /** Ends the sentence "allowed is …". */
  readonly allowed: string;
}

export class OptionReader {
  readonly problems: OptionProblem[] = [];

  refuse(option: string, value: unknown, allowed: string): void {
    this.report(option, refusal(value, allowed));
  }

  report(option: string, fact: string): void {
    this.problems.push({ option, reason: `Cannot use option "${option}": ${fact}` });
  }

  /** The value if it is an object; an empty one, and a problem, if it is anything else but `undefined`. */
  record(option: string, value: unknown, allowed: string): OptionRecord {
    if (value === undefined) return {};
    if (isRecord(value)) return value;
    this.refuse(option, value, allowed);
    return {};
  }

  /** Reports every key that is not in `known`, with the nearest one. */
  knownKeys(record: OptionRecord, known: readonly string[], prefix = ""): void {
    for (const key of Object.keys(record).filter((key) => !known.includes(key))) {
      const near = nearestName(key, known);
      const cure = near === undefined ? `allowed is ${oneOf(known)}` : `did you mean "${near}"?`;
      this.report(`${prefix}${key}`, `there is no such option; ${cure}`);
    }
  }

  flag(option: string, value: unknown): boolean {
    if (value === undefined || typeof value === "boolean") return value ?? false;
    this.refuse(option, value, "true or false");
    return false;
  }

  choice<const Name extends string>(option: string, value: unknown, names: readonly Name[]): Name | undefined {
    const name = names.find((name) => name === value);
    if (name === undefined && value !== undefined) {
      const near = typeof value === "string" ? nearestName(value, names) : undefined;
      const question = near === undefined ? "" : `; did you mean "${near}"?`;
      this.refuse(option, value, `${oneOf(names)}${question}`);
    }
    return name;
  }

  wholeNumber(option: string, value: unknown, range: { min: number; max: number; fallback: number }): number {
    if (value === undefined) return range.fallback;
    if (typeof value === "number" && Number.isInteger(value) && value >= range.min && value <= range.max) return value;
    this.refuse(option, value, `a whole number from ${range.min} to ${range.max}`);
    return range.fallback;
  }

  /** `""` if there is none. A text with a fault is returned too: its problem is told, so nobody will use it. */
  text(option: string, value: unknown, rule: TextRule): string {
    if (value === undefined) return "";
    if (typeof value !== "string") {
      this.refuse(option, value, rule.allowed);
      return "";
    }
    const fault = rule.fault(value);
    if (fault !== undefined) this.report(option, fault);
    return value;
  }

  /** `undefined` if there is no list. An empty list and a repeated item are problems: both are slips. */
  texts(option: string, value: unknown, rule: TextRule): readonly string[] | undefined {
    const items = this.items(option, value, rule.allowed);
    return items?.map((item, index) => this.text(`${option}[${index}]`, item ?? null, rule));
  }

  /** The items of a list of texts, unread; `undefined` if there is no list. */
  items(option: string, value: unknown, allowed: string): readonly unknown[] | undefined {
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length === 0) {
      this.refuse(option, value, `a list with at least one item, each ${allowed}`);
      return undefined;
    }
    const items: readonly unknown[] = value;
    const repeated = items.find((item, index) => items.indexOf(item) !== index);
    if (repeated !== undefined) this.report(option, `${shown(repeated)} is there twice; write it once`);
    return items;
  }
}

/** `got "30x"; allowed is a duration` */
export function refusal(value: unknown, allowed: string): string {
  return `got ${shown(value)}; allowed is ${allowed}`;
}

/** `"added", "updated" or "deleted"` */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

function isRecord(value: unknown): value is OptionRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SHOWN_CHARACTERS = 60;

function shown(value: unknown): string {
  const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
