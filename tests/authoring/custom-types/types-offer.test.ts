import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { TypesOffer } from "#authoring/custom-types/types-offer.ts";
import { createStaticCatalog } from "#kubernetes/discovery/discovered-catalog.ts";
import type { Revision } from "#loader/revision.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { apiResource } from "../../support/api-resources.ts";
import { RecordingLogger } from "../../support/recording-logger.ts";
import { revision } from "../../support/revisions.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

const GROUP = { group: "example.com" };
const WIDGETS = apiResource({ ...GROUP, plural: "widgets", kind: "Widget", shortNames: ["wd"] });
const GEARS = apiResource({ ...GROUP, plural: "gears", kind: "Gear" });
const COMMAND = "informd types --context staging";

/** The kinds that are told when these go live, one after another, in a project of these files. */
async function offered(
  revisions: readonly Revision[],
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  using folder = new TemporaryDirectory({ "handlers/keep": "", ...files });
  const logger = new RecordingLogger();
  const offer = new TypesOffer({
    logger,
    catalog: createStaticCatalog([...builtInResources, WIDGETS, GEARS]),
    directory: join(folder.path, "handlers"),
    command: COMMAND,
    signal: new AbortController().signal,
  });
  for (const one of revisions) offer.live(one);
  await offer.idle;
  assert.deepEqual(
    logger.lines,
    logger.fields.map(() => "info kind without types"),
  );
  return logger.fields.map(({ handler, resource, command }) => `${[handler, resource].join(" ")}: ${String(command)}`);
}

const onWidgets = revision({ handler: "sized", resource: "wd" });

test("a custom kind without types is told once, with what writes them", async () => {
  assert.deepEqual(await offered([onWidgets, onWidgets, revision({ resource: "widgets.example.com" })]), [
    `sized widgets.example.com: ${COMMAND}`,
  ]);
});

test("kinds that a handler reads or writes count too", async () => {
  const options = { listers: ["widgets"], allow: { kube: ["patch gears.example.com", "get pods"] } } as const;
  assert.deepEqual(await offered([revision({ handler: "pods", resource: "pods", options })]), [
    `pods widgets.example.com: ${COMMAND}`,
    `pods gears.example.com: ${COMMAND}`,
  ]);
});

test("Kubernetes' own kinds, kinds that are not there, and handlers in JavaScript are passed over", async () => {
  assert.deepEqual(
    await offered([
      revision({ resource: "pods" }),
      revision({ resource: "nowhere.example.com" }),
      { ...onWidgets, file: "sized.mjs" },
    ]),
    [],
  );
});

test("a kind that the project declares is passed over, wherever and by whatever name it does", async () => {
  const declaration = (name: string): string =>
    `declare module "informd" {\n  interface Resources {\n    pods: Pod;\n    ${name}: Widget;\n  }\n}\n`;
  for (const files of [
    { "handlers/informd-types.d.ts": declaration('"widgets.example.com"') },
    { "handlers/deep/_widget.ts": declaration("wd") },
    { "handlers/sized.ts": declaration("'Widget.example.com'") },
    { "types/crds.d.ts": declaration("widgets"), "package.json": "{}" },
  ]) {
    assert.deepEqual(await offered([onWidgets], files), [], JSON.stringify(files));
  }
});

test("what only looks like a declaration is none", async () => {
  for (const files of [
    { "handlers/sized.ts": 'export default on("widgets.example.com", { widgets: 1 });' },
    { "handlers/_x.ts": 'interface Resources {\n  "widgetsXexample.com": Widget;\n}\n' },
    { "node_modules/p/index.d.ts": "interface Resources {\n  widgets: 1;\n}\n", "package.json": "{}" },
    // Without a project around, only the handlers directory counts.
    { "types/crds.d.ts": "interface Resources {\n  widgets: 1;\n}\n" },
  ]) {
    assert.equal((await offered([onWidgets], files)).length, 1, JSON.stringify(files));
  }
});

test("a field that is called like the kind, outside of Resources, is no declaration of it", async () => {
  const text =
    'declare module "informd" {\n  interface Resources {\n    gears: { a: { b: 1 } };\n  }\n}\ninterface Shop {\n  widgets: number;\n}\n';
  assert.equal((await offered([onWidgets], { "handlers/types.d.ts": text })).length, 1);
  assert.deepEqual(await offered([revision({ resource: "gears" })], { "handlers/types.d.ts": text }), []);
});
