import { withMembers, type ApiObject } from "../../api-object.ts";

/** Between a version that is served and the one that is stored. */
export interface Conversion {
  readonly toStored: (object: ApiObject) => ApiObject;
  readonly toServed: (object: ApiObject) => ApiObject;
}

/** The object with its members under other names. @param names old ones by new ones */
export function renamed(object: ApiObject, names: Readonly<Record<string, string>>): ApiObject {
  const moved = Object.entries(names).filter(([, old]) => Object.hasOwn(object, old));
  const gone = Object.fromEntries(moved.map(([, old]) => [old, undefined]));
  return withMembers(object, { ...gone, ...Object.fromEntries(moved.map(([name, old]) => [name, object[old]])) });
}
