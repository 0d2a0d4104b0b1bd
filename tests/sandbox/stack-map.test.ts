import assert from "node:assert/strict";
import { test } from "node:test";
import { transformSync } from "esbuild";
import { StackMap } from "#sandbox/stack-map.ts";

const SOURCE = `interface A { readonly b: string }

export const f = (a: A) => a.b;
`;

function errorAt(...frames: string[]) {
  return { name: "Error", message: "x", stack: ["Error: x", ...frames.map((frame) => `    at ${frame}`)].join("\n") };
}

function mapped(): StackMap {
  const { map } = transformSync(SOURCE, { loader: "ts", sourcemap: "external", sourcefile: "lib/a.ts" });
  return new StackMap({ file: "a.ts", sourceMap: map });
}

test("places in the bundle become places in the source", () => {
  const error = mapped().toGuestError(errorAt("f (a.ts:1:14)", "async a.ts:1:14"));
  assert.match(error.stack, /^Error: x\n    at f \(lib\/a\.ts:3:\d+\)\n    at async lib\/a\.ts:3:\d+$/);
  assert.deepEqual([error.at?.file, error.at?.line], ["lib/a.ts", 3]);
});

test("code that has moved to other lines has its places there, from then on", () => {
  const stacks = mapped();
  const lineOf = () => stacks.toGuestError(errorAt("f (a.ts:1:14)")).at?.line;
  assert.equal(lineOf(), 3);
  const moved = transformSync(`// said\n${SOURCE}`, { loader: "ts", sourcemap: "external", sourcefile: "lib/a.ts" });
  stacks.remap(moved.map);
  assert.equal(lineOf(), 4);
});

test("a file name may hold anything", () => {
  const stacks = new StackMap({ file: "my (new) handler.ts", sourceMap: "" });
  const error = stacks.toGuestError(errorAt("f (my (new) handler.ts:7:9)"));
  assert.deepEqual(error.at, { file: "my (new) handler.ts", line: 7, column: 9 });
});

test("places in other files stay as they are", () => {
  const wire = errorAt("g (other.js:1:2)");
  const error = mapped().toGuestError(wire);
  assert.deepEqual([error.stack, error.at], [wire.stack, undefined]);
});

test("without a source map places stay as they are", () => {
  const error = new StackMap({ file: "a.ts", sourceMap: "" }).toGuestError(errorAt("f (a.ts:7:9)"));
  assert.deepEqual(error.at, { file: "a.ts", line: 7, column: 9 });
});

test("a source map that leaves out the texts maps places, without the source around them", () => {
  const { map } = transformSync(SOURCE, { loader: "ts", sourcemap: "external", sourcefile: "lib/a.ts" });
  const sourceMap = JSON.stringify({ ...(JSON.parse(map) as object), sourcesContent: [null] });
  const error = new StackMap({ file: "a.ts", sourceMap }).toGuestError(errorAt("f (a.ts:1:14)"));
  assert.deepEqual([error.at?.file, error.at?.line, error.frame], ["lib/a.ts", 3, undefined]);
});
