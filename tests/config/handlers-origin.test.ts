import assert from "node:assert/strict";
import { test } from "node:test";
import { handlersDirectoryOf, handlersOriginOf, originText } from "#config/handlers-origin.ts";

test("handlers come from the directory handlers, or from the one that is named", () => {
  assert.deepEqual(handlersOriginOf(undefined, "/work"), directory("/work/handlers"));
  assert.deepEqual(handlersOriginOf("../mine", "/work"), directory("/mine"));
  assert.deepEqual(handlersOriginOf("/etc/informd/handlers", "/work"), directory("/etc/informd/handlers"));
});

test("handlers come from one ConfigMap, or from all labelled ones", () => {
  const origin = { type: "configMap", namespace: "prod", name: "my.handlers" } as const;
  assert.deepEqual(handlersOriginOf("configmap/prod/my.handlers", "/work"), { type: "ok", origin });
  assert.deepEqual(handlersOriginOf("configmaps", "/work"), { type: "ok", origin: { type: "configMaps" } });
  assert.equal(originText(origin), "configmap/prod/my.handlers");
});

test("what is no name of a ConfigMap says how to write one, and how to mean a directory", () => {
  for (const text of [
    "configmap/handlers",
    "configmap/a/b/c",
    "configmap/Prod/handlers",
    "configmap//x",
    "configmap/",
  ]) {
    assert.deepEqual(handlersOriginOf(text, "/work"), {
      type: "invalid",
      message: `Cannot use --handlers "${text}": it takes configmap/NAMESPACE/NAME. A directory of that name is "./${text}".`,
    });
  }
  assert.deepEqual(handlersOriginOf("./configmap/a", "/work"), directory("/work/configmap/a"));
});

test("commands that read files take only directories", () => {
  assert.deepEqual(handlersDirectoryOf("mine", "/work"), { type: "ok", path: "/work/mine" });
  assert.deepEqual(handlersDirectoryOf("configmaps", "/work"), {
    type: "invalid",
    message:
      'Cannot use --handlers "configmaps" here: only "informd start" takes handlers from a ConfigMap. Name the directory of their files.',
  });
});

function directory(path: string): unknown {
  return { type: "ok", origin: { type: "directory", path } };
}
