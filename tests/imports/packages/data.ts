import type { PackageUse } from "../package-use.ts";

/** Data: its shapes, its checks, its queries. */
export const DATA: readonly PackageUse[] = [
  {
    name: "lodash",
    code: `import _ from "lodash";
export const use = () => _.mapValues(_.groupBy(["web-1", "db-1", "web-2"], (name) => name.split("-")[0]), "length");`,
    result: { web: 2, db: 1 },
  },
  {
    name: "lodash-es",
    code: `import { get, merge } from "lodash-es";
export const use = () => get(merge({ a: { b: 1 } }, { a: { c: 2 } }), "a.c");`,
    result: 2,
  },
  {
    name: "ramda",
    code: `import { pipe, filter, map } from "ramda";
export const use = () => pipe(filter((n) => n > 1), map((n) => n * 2))([1, 2, 3]);`,
    result: [4, 6],
  },
  {
    name: "zod",
    code: `import { z } from "zod";
const Labels = z.object({ team: z.string().min(2), tier: z.enum(["web", "db"]).default("web") });
export const use = () => [Labels.parse({ team: "ops" }), Labels.safeParse({ team: "x" }).success];`,
    result: [{ team: "ops", tier: "web" }, false],
    note: "`zod/mini` is smaller",
  },
  {
    name: "yup",
    code: `import * as yup from "yup";
const schema = yup.object({ team: yup.string().required(), size: yup.number().max(5) });
export const use = async () => [await schema.validate({ team: "ops", size: "3" }), await schema.isValid({ size: 9 })];`,
    result: [{ team: "ops", size: 3 }, false],
  },
  {
    name: "joi",
    code: `import Joi from "joi";
const schema = Joi.object({ team: Joi.string().required(), size: Joi.number().max(5) });
export const use = () => [schema.validate({ team: "ops", size: 3 }).value, Boolean(schema.validate({ size: 9 }).error)];`,
    result: [{ team: "ops", size: 3 }, true],
  },
  {
    name: "ajv",
    code: `import { Ajv } from "ajv";
export const use = () => {
  const validate = new Ajv().compile({ type: "object", required: ["team"], properties: { team: { type: "string" } } });
  return [validate({ team: "ops" }), validate({ team: 1 })];
};`,
    result: [true, false],
  },
  {
    name: "yaml",
    code: `import { parse, stringify } from "yaml";
export const use = () => [parse("a:\\n  - 1\\n  - b"), stringify({ a: [1] })];`,
    result: [{ a: [1, "b"] }, "a:\n  - 1\n"],
  },
  {
    name: "js-yaml",
    code: `import { load, dump } from "js-yaml";
export const use = () => [load("a:\\n  - 1\\n  - b"), dump({ a: 1 })];`,
    result: [{ a: [1, "b"] }, "a: 1\n"],
  },
  {
    name: "immer",
    code: `import { produce } from "immer";
export const use = () => {
  const before = { spec: { replicas: 1 }, status: {} };
  const after = produce(before, (draft) => { draft.spec.replicas = 2; });
  return [before.spec.replicas, after.spec.replicas, before.status === after.status];
};`,
    result: [1, 2, true],
  },
  {
    name: "immutable",
    code: `import { Map, is } from "immutable";
export const use = () => [Map({ a: 1 }).set("b", 2).toJS(), is(Map({ a: 1 }), Map({ a: 1 }))];`,
    result: [{ a: 1, b: 2 }, true],
  },
  {
    name: "fast-json-patch",
    code: `import { compare, applyPatch } from "fast-json-patch";
export const use = () => {
  const patch = compare({ replicas: 1 }, { replicas: 2 });
  return [patch, applyPatch({ replicas: 1 }, patch).newDocument];
};`,
    result: [[{ op: "replace", path: "/replicas", value: 2 }], { replicas: 2 }],
  },
  {
    name: "jsonpath-plus",
    code: `import { JSONPath } from "jsonpath-plus";
export const use = () => JSONPath({ path: "$.containers[?(@.name=='web')].image", json: { containers: [{ name: "web", image: "nginx" }] } });`,
    result: ["nginx"],
  },
  {
    name: "jmespath",
    code: `import { search } from "jmespath";
export const use = () => search({ items: [{ name: "a", ready: true }, { name: "b", ready: false }] }, "items[?ready].name");`,
    result: ["a"],
  },
  {
    name: "fast-deep-equal",
    code: `import equal from "fast-deep-equal";
export const use = () => [equal({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), equal({ a: 1 }, { a: 2 })];`,
    result: [true, false],
  },
];
