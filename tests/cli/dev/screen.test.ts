import assert from "node:assert/strict";
import { test } from "node:test";
import { createScreen, type Screen } from "../../../runtime/cli/dev/screen.ts";

function screenOf(columns: number | undefined): { screen: Screen; written: string[] } {
  const written: string[] = [];
  const screen = createScreen((text) => written.push(text), { width: () => columns, paint: (text) => `<${text}>` });
  return { screen, written };
}

test("the line at the end is rewritten in place, and stays below what is printed", () => {
  const { screen, written } = screenOf(80);
  screen.status("one");
  screen.status("two");
  screen.print("log\n");
  screen.status("");
  screen.print("more\n");
  assert.deepEqual(written, ["<one>", "\r\u001b[2K<two>", "\r\u001b[2Klog\n<two>", "\r\u001b[2K", "more\n"]);
});

test("the line at the end is written only when it changes, and never wraps", () => {
  const { screen, written } = screenOf(5);
  screen.status("123456789");
  screen.status("123456780");
  assert.deepEqual(written, ["<1234>"]);
});

test("what the terminal has written on the last line can be taken away", () => {
  const { screen, written } = screenOf(80);
  screen.clear();
  screen.status("one");
  screen.clear();
  assert.deepEqual(written, ["\r\u001b[2K", "<one>", "\r\u001b[2K<one>"]);
});

test("what is no terminal has no such line", () => {
  const { screen, written } = screenOf(undefined);
  screen.clear();
  screen.status("one");
  screen.print("log\n");
  assert.deepEqual(written, ["log\n"]);
});
