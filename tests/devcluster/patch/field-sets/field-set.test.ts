import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import {
  difference,
  differenceBelow,
  type FieldSet,
  fieldSetOfPaths,
  has,
  intersection,
  isEmpty,
  isSame,
  NO_FIELDS,
  pathsOf,
  union,
} from "#devcluster/patch/field-sets/field-set.ts";
import { readFieldsV1, writeFieldsV1 } from "#devcluster/patch/field-sets/fields-v1.ts";

const PATH = fc.array(fc.constantFrom("f:a", "f:b", 'k:{"name":"c"}', 'v:"d"'), { minLength: 1, maxLength: 4 });
const PATHS = fc.array(PATH, { maxLength: 8 });
const RUNS = { seed: 5, numRuns: 500 };

/** The same set without a tree. */
const flat = (paths: readonly (readonly string[])[]): Set<string> => new Set(paths.map((path) => path.join("/")));
const flatOf = (set: FieldSet): Set<string> => flat([...pathsOf(set)]);

suite("field sets are sets of paths", () => {
  test("a set has the paths that it was made of, and no others", () => {
    fc.assert(
      fc.property(PATHS, PATH, (paths, other) => {
        const set = fieldSetOfPaths(...paths);
        assert.deepEqual(flatOf(set), flat(paths));
        assert.equal(has(set, other), flat(paths).has(other.join("/")));
      }),
      RUNS,
    );
  });

  test("union, intersection and difference are those of sets", () => {
    fc.assert(
      fc.property(PATHS, PATHS, (left, right) => {
        const [a, b] = [fieldSetOfPaths(...left), fieldSetOfPaths(...right)];
        assert.deepEqual(flatOf(union(a, b)), flat(left).union(flat(right)));
        assert.deepEqual(flatOf(intersection(a, b)), flat(left).intersection(flat(right)));
        assert.deepEqual(flatOf(difference(a, b)), flat(left).difference(flat(right)));
      }),
      RUNS,
    );
  });

  test("a difference below takes what lies below out, too", () => {
    fc.assert(
      fc.property(PATHS, PATHS, (left, right) => {
        const expected = left.filter((path) => !right.some((gone) => gone.every((name, at) => path[at] === name)));
        assert.deepEqual(flatOf(differenceBelow(fieldSetOfPaths(...left), fieldSetOfPaths(...right))), flat(expected));
      }),
      RUNS,
    );
  });

  test("sets with the same paths are the same, however they came about", () => {
    fc.assert(
      fc.property(PATHS, PATHS, (left, right) => {
        const [a, b] = [fieldSetOfPaths(...left), fieldSetOfPaths(...right)];
        assert.ok(isSame(union(a, b), union(b, a)));
        assert.ok(isSame(union(difference(a, b), intersection(a, b)), a));
        assert.equal(isSame(a, b), flat(left).symmetricDifference(flat(right)).size === 0);
        assert.equal(isEmpty(difference(a, a)), true);
      }),
      RUNS,
    );
  });
});

suite("fieldsV1", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(PATHS, (paths) => {
        const set = fieldSetOfPaths(...paths);
        assert.ok(isSame(readFieldsV1(writeFieldsV1(set)), set));
      }),
      RUNS,
    );
  });

  test("says with a dot that a path is in the set beside what lies below it", () => {
    const set = fieldSetOfPaths(["f:a"], ["f:a", "f:b"], ["f:c", "f:d"], ["f:e"]);
    assert.deepEqual(writeFieldsV1(set), { "f:a": { ".": {}, "f:b": {} }, "f:c": { "f:d": {} }, "f:e": {} });
  });

  test("is empty for an empty set", () => {
    assert.deepEqual(writeFieldsV1(NO_FIELDS), {});
    assert.ok(isEmpty(readFieldsV1({})));
  });

  test("names that are no path elements are passed over", () => {
    assert.deepEqual(writeFieldsV1(readFieldsV1({ "f:a": {}, bogus: {}, "f:b": 5, ".": {} })), { "f:a": {} });
  });
});
