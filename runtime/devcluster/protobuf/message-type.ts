import { MESSAGES } from "./field-numbers.generated.ts";

/** One field of a message, as the table describes it. */
export interface FieldType {
  /** In JSON. `""`: its members are the message's own; `"[]"`: it is all that the message is. */
  readonly name: string;
  readonly number: number;
  readonly shape: "one" | "pointer" | "list" | "map";
  /** `string`, `bool`, `int32`, `int64`, `float64`, `bytes` or the name of a message. */
  readonly type: string;
  readonly omitEmpty: boolean;
  /** Left out even if it is a message: one without any bytes. */
  readonly omitZero: boolean;
}

const SHAPES: Readonly<Record<string, FieldType["shape"]>> = { "*": "pointer", "[]": "list", "{}": "map" };
const FIELD = /^(\S*) (\d+) (\*|\[\]|\{\})?([^~]+)(~?)(~?)$/;

/** The fields of a message, for example `apps/v1.Deployment`. Parsed on each call: keep what it returns. */
export function fieldsOfMessage(message: string): readonly FieldType[] {
  const text = MESSAGES[message];
  if (text === undefined) throw new Error(`Cannot describe the message "${message}": the table does not have it`);
  const home = message.slice(0, message.indexOf("."));
  return text.split(",").flatMap((field) => {
    const [, name = "", number, prefix = "", type = "", omitEmpty, omitZero] = FIELD.exec(field) ?? [];
    if (number === undefined) return [];
    return {
      name,
      number: Number(number),
      shape: SHAPES[prefix] ?? "one",
      type: type.startsWith(".") ? home + type : type,
      omitEmpty: omitEmpty === "~",
      omitZero: omitZero === "~",
    };
  });
}
