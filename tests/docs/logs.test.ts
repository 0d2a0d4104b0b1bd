import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Visitor, parseSync } from "oxc-parser";
import type { Argument } from "oxc-parser";

const ROOT = join(import.meta.dirname, "..", "..");
const LOGS = readFileSync(join(ROOT, "docs", "logs.md"), "utf8");
const LEVELS = new Set(["debug", "info", "warn", "error"]);

test("docs/logs.md lists the records that the runtime writes, with their levels, and no others", () => {
  assert.deepEqual(documentedRecords(), writtenRecords());
});

test("docs/logs.md lists under Audit the records that have `audit`, as its table and the sources do", () => {
  const [, listed = ""] = /^Records with `"audit":true`(.*)$/m.exec(LOGS) ?? [];
  const told = [...listed.matchAll(/`([^`]+)`/g)].map(([, msg]) => String(msg)).toSorted();
  const rows = [...LOGS.matchAll(/^\| \w+ \| `([^`]+)` \|.*\|(.*)\|$/gm)];
  const inTable = rows.filter(([, , fields = ""]) => /\baudit\b/.test(fields)).map(([, msg]) => String(msg));
  assert.ok(told.length > 0);
  assert.deepEqual(told, inTable.toSorted());
  assert.deepEqual(told, auditRecords());
});

/** The rows of the table: `| level | \`msg\` | … |`. */
function documentedRecords(): string[] {
  return [...LOGS.matchAll(/^\| (\w+) \| `([^`]+)` \|/gm)].map(([, level, msg]) => `${level} ${msg}`).toSorted();
}

/** Every call of a logger in the host, and what a sandbox's own code has its host log. */
function writtenRecords(): string[] {
  return [...new Set(hostFiles().flatMap((file) => recordsOf(file)))].toSorted();
}

function auditRecords(): string[] {
  const records = hostFiles().flatMap((file) => recordsOf(file, /\.\.\.AUDIT\b/));
  return [...new Set(records.map((record) => record.slice(record.indexOf(" ") + 1)))].toSorted();
}

function hostFiles(): string[] {
  return globSync("runtime/**/*.ts", { cwd: ROOT }).filter((file) => !file.startsWith("runtime/sandbox/guest/"));
}

/** @param having what the call must have in it */
function recordsOf(file: string, having = /(?:)/): string[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  const records: string[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [first], start, end }) {
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      const { object, property } = callee;
      const isLogger = /(^|[.#])logger$/.test(source.slice(object.start, object.end));
      if (isLogger && LEVELS.has(property.name) && having.test(source.slice(start, end))) {
        records.push(...messagesOf(first, source).map((msg) => `${property.name} ${msg}`));
      }
    },
    ObjectExpression(node) {
      const text = source.slice(node.start, node.end);
      const [, level, message] = /^\{ level: "(\w+)", message: "([^"]+)"/.exec(text) ?? [];
      if (level !== undefined && having.test(text)) records.push(`${level} ${message}`);
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
