import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { jsonFault } from "#devcluster/http/request/body/json-fault.ts";

suite("jsonFault says what Go says", () => {
  const rows: readonly (readonly [text: string, fault: string])[] = [
    ["", "unexpected end of JSON input"],
    ['{"a":1', "unexpected end of JSON input"],
    ['{"a":1,', "unexpected end of JSON input"],
    ['{"a":"b', "unexpected end of JSON input"],
    ["[1,", "unexpected end of JSON input"],
    ["hello", "invalid character 'h' looking for beginning of value"],
    ["}", "invalid character '}' looking for beginning of value"],
    ['{"a":NaN}', "invalid character 'N' looking for beginning of value"],
    ['{"a":+1}', "invalid character '+' looking for beginning of value"],
    ["[1,]", "invalid character ']' looking for beginning of value"],
    ["{}x", "invalid character 'x' after top-level value"],
    ["{} {}", "invalid character '{' after top-level value"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ["{a:1}", "invalid character 'a' looking for beginning of object key string"],
    ["{'a':1}", String.raw`invalid character '\'' looking for beginning of object key string`],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
    ["[1 2]", "invalid character '2' after array element"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['{"a":nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['{"a":-}', "invalid character '}' in numeric literal"],
    ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
    ['{"a":"\u0001"}', String.raw`invalid character '\x01' in string literal`],
    ['{"a":"\n"}', String.raw`invalid character '\n' in string literal`],
    [String.raw`{"a":"\x"}`, "invalid character 'x' in string escape code"],
    [String.raw`{"a":"\u12g4"}`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    ["\ufeff{}", "invalid character 'ï' looking for beginning of value"],
  ];
  for (const [text, fault] of rows) {
    test(`of ${JSON.stringify(text)}`, () => assert.equal(jsonFault(Buffer.from(text)), fault));
  }

  test("of every text that JSON.parse refuses", () => {
    const cutJson = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([json, at, put]) => {
      const place = json.length === 0 ? 0 : at % json.length;
      return json.slice(0, place) + put + json.slice(place + 1);
    });
    fc.assert(
      fc.property(cutJson, (text) => {
        fc.pre(!isJson(text));
        assert.match(jsonFault(Buffer.from(text)), /^(unexpected end of JSON input|invalid character '.+' .+)$/s);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
