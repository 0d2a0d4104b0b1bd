import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveTypesConfig, type TypesConfig, type TypesFlags } from "#config/types-config.ts";

function resolved(flags: TypesFlags): TypesConfig {
  const result = resolveTypesConfig(flags, "/work");
  assert.ok(result.type === "ok", JSON.stringify(result));
  return result.config;
}

function refusal(flags: TypesFlags): string {
  const result = resolveTypesConfig(flags, "/work");
  return result.type === "invalid" ? result.message : "it is taken";
}

test("without flags the current context's cluster gives a file in the handlers directory", () => {
  assert.deepEqual(resolved({}), {
    from: { type: "cluster", kubeconfig: undefined, context: undefined },
    out: "/work/handlers/informd-types.d.ts",
  });
  assert.equal(resolved({ handlers: "ops" }).out, "/work/ops/informd-types.d.ts");
});

test("paths are of the working directory, and - is standard input or output", () => {
  assert.deepEqual(resolved({ crds: ["crds", "-"], out: "-" }), {
    from: { type: "files", paths: ["/work/crds", "-"] },
    out: undefined,
  });
  assert.deepEqual(resolved({ kubeconfig: "k", context: "c", out: "types/crds.d.ts" }), {
    from: { type: "cluster", kubeconfig: "/work/k", context: "c" },
    out: "/work/types/crds.d.ts",
  });
});

test("files and a cluster together, and a file that could be a handler, are refused", () => {
  assert.equal(
    refusal({ crds: ["crds"], context: "c" }),
    "Cannot use --crds with --context: types are of files or of a cluster. Leave one of them out.",
  );
  assert.equal(
    refusal({ out: "handlers/types.ts" }),
    'Cannot use --out "handlers/types.ts": a file of types ends in .d.ts; another could be taken for a handler.',
  );
  assert.equal(refusal({ out: "" }), 'Cannot use --out "": it is empty. Give it a value, or leave it out.');
});
