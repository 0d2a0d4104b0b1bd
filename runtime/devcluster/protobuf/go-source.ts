import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a folder of Go sources declares. */
export interface GoPackage {
  readonly structs: ReadonlyMap<string, readonly GoField[]>;
  /** Other named types, `ResourceName` → `string`. */
  readonly names: ReadonlyMap<string, GoName>;
  /** By the name that the sources use. */
  readonly imports: ReadonlyMap<string, string>;
  /** The API group, where the folder is one. */
  readonly group: string | undefined;
}

export interface GoField {
  /** `undefined`: embedded. */
  readonly name: string | undefined;
  readonly type: string;
  /** Value of each key of the field's tag. */
  readonly tags: ReadonlyMap<string, string>;
}

interface GoName {
  readonly type: string;
  /** On the wire a message with the one field `items`, so that "none" and "empty" differ. */
  readonly wrapped: boolean;
}

const STRUCT = /^type (\w+) struct ?\{(?:\}|\n(.*?)^\})/gms;
const NAMED = /^(\/\/ \+protobuf\.nullable=true\n(?:\/\/.*\n|\n)*)?type (\w+) ((?:\[\]|map\[)?[\w.*\]]+)$/gm;
const FIELD = /^\t(?:(\w+)\s+)?(\S+)\s+`(.*)`/gm;
const TAG = /(\w+):"([^"]*)"/g;
const IMPORT = /^\t(?:(\w+) )?"(.*)"$/gm;

/** Reads a folder as far as its sources are formatted by gofmt. */
export function readGoPackage(folder: string): GoPackage {
  const files = globSync("*.go", { cwd: folder }).filter((file) => !/_test\.go$|^zz_|generated/.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  return {
    structs: new Map(Array.from(text.matchAll(STRUCT), ([, name = "", body = ""]) => [name, fieldsOf(body)])),
    names: new Map(
      Array.from(text.matchAll(NAMED), ([, mark, name = "", type = ""]) => [
        name,
        { type, wrapped: mark !== undefined },
      ]),
    ),
    imports: new Map(
      Array.from(text.matchAll(IMPORT), ([, alias, path = ""]) => [alias ?? path.split("/").at(-1) ?? "", path]),
    ),
    group: /^const GroupName = "(.*)"/m.exec(text)?.[1],
  };
}

function fieldsOf(body: string): GoField[] {
  return Array.from(body.matchAll(FIELD), ([, name, type = "", tags = ""]) => ({
    name,
    type,
    tags: new Map(Array.from(tags.matchAll(TAG), ([, key = "", value = ""]) => [key, value])),
  }));
}
