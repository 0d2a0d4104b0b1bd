import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readYaml } from "#devcluster/http/request/body/yaml-text.ts";

function valueOf(text: string): unknown {
  const yaml = readYaml(text);
  assert.equal(yaml.type, "read");
  return yaml.type === "read" ? yaml.value : undefined;
}

suite("readYaml", () => {
  test("reads old booleans and octal numbers, but neither dates nor times", () => {
    const text = "a: yes\nb: off\nc: 0644\nd: 0o14\ne: 2026-01-01T00:00:00Z\nf: 22:22\ng: 1e3\nh: 012:34";
    assert.deepEqual(valueOf(text), {
      a: true,
      b: false,
      c: 420,
      d: 12,
      e: "2026-01-01T00:00:00Z",
      f: "22:22",
      g: 1000,
      h: "012:34",
    });
  });

  test("merges keys and follows aliases", () => {
    assert.deepEqual(valueOf("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2"), { a: { b: 1 }, c: { b: 1, d: 2 } });
  });

  test("reads the first document only, and nothing from an empty text", () => {
    assert.deepEqual(valueOf("a: 1\n---\nb: 2"), { a: 1 });
    assert.equal(valueOf(""), undefined);
    assert.equal(valueOf("# only this"), undefined);
  });

  test("says in which line a text is no YAML, and quotes none of it", () => {
    const yaml = readYaml("a: 1\nb: [secret");
    assert.equal(yaml.type, "malformed");
    assert.match(yaml.type === "malformed" ? yaml.reason : "", /^line 2: (?!.*secret)/);
  });
});
