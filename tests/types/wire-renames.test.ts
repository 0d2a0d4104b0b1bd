import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as models from "@kubernetes/client-node";

interface Attribute {
  readonly name: string;
  readonly baseName: string;
}

function renames(): Set<string> {
  const found = new Set<string>();
  for (const model of Object.values(models)) {
    if (typeof model !== "function" || !("attributeTypeMap" in model)) continue;
    for (const { name, baseName } of model.attributeTypeMap as readonly Attribute[]) {
      if (name !== baseName) found.add(`${name}: "${baseName}";`);
    }
  }
  return found;
}

test("the wire types undo exactly the renames that client-node's models make", () => {
  const source = readFileSync(new URL("../../runtime/handler-api/wire.ts", import.meta.url), "utf8");
  const undone = Array.from(source.matchAll(/^ {2}(\w+: "[^"]+";)$/gm), ([, line = ""]) => line);
  assert.deepEqual(undone.sort(), [...renames()].sort());
});
