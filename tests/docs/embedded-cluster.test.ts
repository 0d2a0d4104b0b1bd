import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readFaultRule } from "#devcluster/faults/read-fault-rule.ts";
import { parseJson } from "#kernel/json-value.ts";
import { DIVERGENCES } from "../devcluster/acceptance/divergences.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TEXT = readFileSync(join(ROOT, "docs", "embedded-cluster.md"), "utf8");

test("the document lists the divergences that the acceptance tests know, and no others", () => {
  const documented = matches(sectionOf("What a real server shows otherwise"), /^- (.+)$/gm);
  assert.deepEqual(documented, [...new Set(DIVERGENCES.map(({ what }) => what))]);
});

test("the document has a row for every fault, with its members", () => {
  const source = readFileSync(join(ROOT, "runtime", "devcluster", "faults", "read-fault-rule.ts"), "utf8");
  const [, table = ""] = /const FAULTS[^]*?= \{\n([^]*?)\n\};/.exec(source) ?? [];
  const known = [...table.matchAll(/^ {2}(\w+): \{(.*)\},$/gm)].map(([, fault = "", members = ""]) => {
    const names = matches(members, /(\w+):/g).filter((name) => name !== "afterEvents");
    return [`\`${fault}\``, names.map((name) => `\`${name}\``).join(", ")].join(" | ");
  });
  const documented = matches(sectionOf("Make it misbehave"), /^\| (`\w+` \| (?:`\w+`(?:, )?)*) ?\| /gm);
  assert.deepEqual(
    documented.map((row) => row.trimEnd()),
    known.map((row) => row.trimEnd()),
  );
});

test("the rule in the document is one that the embedded cluster takes", () => {
  const [rule = ""] = matches(TEXT, /--data '([^']+)'/g);
  assert.doesNotThrow(() => readFaultRule(parseJson(rule)));
});

test("the paths in the document are those that there are", () => {
  const source = readFileSync(join(ROOT, "runtime", "devcluster", "faults", "control.ts"), "utf8");
  assert.deepEqual(
    matches(TEXT, /^\| `(\w+ \/_embedded\/[\w-]+)` \|/gm),
    matches(source, /^ {4}"(\w+ \/_embedded\/[\w-]+)":/gm).toSorted((a, b) => orderOf(a) - orderOf(b)),
  );
});

function orderOf(path: string): number {
  return TEXT.indexOf(`| \`${path}\``);
}

function sectionOf(title: string): string {
  return TEXT.split(/^## /m).find((section) => section.startsWith(title)) ?? "";
}

/** What the first group of each match holds. */
function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = ""]) => group);
}
