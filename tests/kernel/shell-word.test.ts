import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { shellWord } from "#kernel/shell-word.ts";

test("a plain word stays as it is, others are quoted so that a shell takes them for one word", () => {
  assert.equal(shellWord("crds/widgets.yaml"), "crds/widgets.yaml");
  assert.equal(shellWord("it's my file"), "'it'\\''s my file'");
  for (const text of ["a b", "it's", '"', "$HOME", "`id`", "*", ";", "", "\\", "é"]) {
    assert.equal(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" }), text);
  }
});
