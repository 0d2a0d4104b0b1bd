import { fieldOf } from "#kernel/json-value.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";

/** What the API server takes an absent field for, by its type. */
const ABSENT: ReadonlySet<string> = new Set(["", "0", "false"]);
const TERM = /^(?<path>[^=!]+)(?<operator>==?|!=)(?<value>.*)$/;

/** Whether the fields of an object are as a field selector says: `spec.nodeName=a,status.phase!=Failed`. The API server knows a few for each kind; here each path is one. */
export function fieldMatcher(selector: string): (object: RawObject) => boolean {
  const terms = selector.split(",").flatMap((term) => {
    const { path, operator, value = "" } = TERM.exec(term)?.groups ?? {};
    return path === undefined ? [] : [{ path: path.split("."), isWanted: operator !== "!=", value }];
  });
  if (terms.length === 0) return () => true;
  return (raw) => {
    const object = parseObject(raw);
    return terms.every(({ path, isWanted, value }) => has(path.reduce<unknown>(fieldOf, object), value) === isWanted);
  };
}

function has(field: unknown, value: string): boolean {
  if (field === undefined || field === null) return ABSENT.has(value);
  return (typeof field === "string" ? field : JSON.stringify(field)) === value;
}
