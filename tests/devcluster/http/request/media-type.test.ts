import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseAccept, parseContentType } from "#devcluster/http/request/media-type.ts";

const typesIn = (header: string): string[] => parseAccept(header).map(({ type }) => type);

suite("parseAccept", () => {
  test("keeps the order of a list without q", () => {
    assert.deepEqual(typesIn("application/yaml, application/json"), ["application/yaml", "application/json"]);
  });

  test("puts a higher q first", () => {
    assert.deepEqual(typesIn("a/a;q=0.2, b/b;q=0.9, c/c"), ["c/c", "b/b", "a/a"]);
  });

  test("puts the more exact first among equals", () => {
    assert.deepEqual(typesIn("*/*, application/*, application/yaml"), ["application/yaml", "application/*", "*/*"]);
  });

  test("reads parameters", () => {
    const [first] = parseAccept('application/json;as=Table; v="v1" ;g=meta.k8s.io');
    assert.deepEqual(first?.parameters, { as: "Table", v: "v1", g: "meta.k8s.io" });
  });

  test("minds case and overlooks stray semicolons, as the real server does", () => {
    assert.deepEqual(typesIn("APPLICATION/JSON"), ["APPLICATION/JSON"]);
    assert.deepEqual(typesIn("application/json;;"), ["application/json"]);
  });
});

suite("parseContentType", () => {
  test("does not mind case, and reads parameters", () => {
    assert.deepEqual(parseContentType("Application/JSON; charset=utf-8"), {
      type: "application/json",
      parameters: { charset: "utf-8" },
    });
  });

  test("takes nothing that is no media type", () => {
    for (const header of ["", "json", "application/json;;", "application/json; charset", "a b/c"]) {
      assert.equal(parseContentType(header), undefined, header);
    }
  });
});
