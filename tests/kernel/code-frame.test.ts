import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFrame } from "#kernel/code-frame.ts";

const SOURCE = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"].join("\n");

function frame(source: string, line: number, column: number, length?: number): string[] {
  return codeFrame(source, { line, column, ...(length !== undefined && { length }) }).split("\n");
}

test("code frame shows three lines before and after, numbers, and a caret under the column", () => {
  assert.deepEqual(frame(SOURCE, 8, 3), [
    "   5 │ five",
    "   6 │ six",
    "   7 │ seven",
    ">  8 │ eight",
    "     │   ^",
    "   9 │ nine",
    "  10 │ ten",
    "  11 │ eleven",
  ]);
});

test("code frame ends where the source does", () => {
  assert.deepEqual(frame("one\n", 1, 1), ["> 1 │ one", "    │ ^"]);
  assert.deepEqual(frame("one\n\n\n", 1, 4), ["> 1 │ one", "    │    ^"]);
});

test("code frame underlines what is meant, within its line", () => {
  assert.deepEqual(frame("const = 1;", 1, 7, 1), ["> 1 │ const = 1;", "    │       ^"]);
  assert.deepEqual(frame("const = 1;", 1, 1, 5), ["> 1 │ const = 1;", "    │ ^^^^^"]);
  assert.deepEqual(frame("const", 1, 3, 50), ["> 1 │ const", "    │   ^^^"]);
});

test("code frame puts the caret right behind tabs", () => {
  assert.deepEqual(frame("\t\tx", 1, 3), ["> 1 │ \t\tx", "    │ \t\t^"]);
});

test("code frame of a very long line shows the part in which the column is", () => {
  const [source = "", caret = ""] = frame(`${"a".repeat(500)}b${"c".repeat(500)}`, 1, 501);
  assert.equal(source[caret.indexOf("^")], "b");
  assert.match(source, /^> 1 │ …a+bc+…$/);
  assert.ok(source.length < 210);
});

test("code frame of a very long line never has its caret under what is left out, nor beyond it", () => {
  const shown = (text: string, column: number, length?: number): string => {
    const [source = "", caret = ""] = frame(text, 1, column, length);
    assert.ok(caret.length <= source.length);
    return source[caret.indexOf("^")] ?? "";
  };
  for (const column of [1, 199, 200, 201, 300]) {
    const text = `${"a".repeat(column - 1)}b${"c".repeat(500)}`;
    assert.deepEqual([shown(text, column), shown(text, column, 500)], ["b", "b"], `column ${column}`);
    assert.equal(shown(text.replaceAll("a", "\t"), column), "b");
  }
});

test("code frame takes lines that end as on Windows", () => {
  assert.deepEqual(frame("a\r\nb\r\n", 2, 1), ["  1 │ a", "> 2 │ b", "    │ ^"]);
});

test("code frame of a line that is not there is empty", () => {
  assert.equal(codeFrame("one", { line: 2, column: 1 }), "");
});
