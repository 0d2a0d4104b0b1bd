import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Visitor, parseSync } from "oxc-parser";
import type { Argument } from "oxc-parser";

const ROOT = join(import.meta.dirname, "..", "..");
const LEVELS = new Set(["debug", "info", "warn", "error"]);

test("docs/logs.md lists the records that the runtime writes, with their levels, and no others", () => {
  assert.deepEqual(documentedRecords(), writtenRecords());
});

/** The rows of the table: `| level | \`msg\` | … |`. */
function documentedRecords(): string[] {
  const text = readFileSync(join(ROOT, "docs", "logs.md"), "utf8");
  return [...text.matchAll(/^\| (\w+) \| `([^`]+)` \|/gm)].map(([, level, msg]) => `${level} ${msg}`).toSorted();
}

/** Every call of a logger in the host, and what a sandbox's own code has its host log. */
function writtenRecords(): string[] {
  const files = globSync("runtime/**/*.ts", { cwd: ROOT }).filter((file) => !file.startsWith("runtime/sandbox/guest/"));
  return [...new Set(files.flatMap(recordsOf))].toSorted();
}

function recordsOf(file: string): string[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  const records: string[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      const { object, property } = callee;
      const isLogger = /(^|[.#])logger$/.test(source.slice(object.start, object.end));
      if (isLogger && LEVELS.has(property.name)) {
        records.push(...messagesOf(first, source).map((msg) => `${property.name} ${msg}`));
      }
    },
    ObjectExpression(node) {
      const text = source.slice(node.start, node.end);
      const [, level, message] = /^\{ level: "(\w+)", message: "([^"]+)"/.exec(text) ?? [];
      if (level !== undefined) records.push(`${level} ${message}`);
    },
  }).visit(parseSync(file, source).program);
  return records;
}

/** A literal, or an entry of a constant such as `FAILURES[type]`. */
function messagesOf(argument: Argument | undefined, source: string): string[] {
  if (argument?.type === "Literal") return [String(argument.value)];
  if (argument?.type === "MemberExpression" && argument.object.type === "Identifier") {
    const [, body = ""] = new RegExp(`const ${argument.object.name} = \\{([^}]*)\\}`).exec(source) ?? [];
    return [...body.matchAll(/"([^"]+)"/g)].map(([, msg]) => String(msg));
  }
  throw new Error(
    `Cannot read a record's message: it is no constant in ${source.slice(argument?.start, argument?.end)}`,
  );
}
