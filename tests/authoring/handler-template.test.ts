import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { COMPILER_OPTIONS } from "#authoring/editor-project.ts";
import { handlerTemplate } from "#authoring/handler-template.ts";
import { templateSubject } from "#authoring/template-subject.ts";
import { FILE_EVENTS, type FileEvent } from "#loader/file-name.ts";
import { resourceName } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

test("a handler on added says what came, and points to the lister", () => {
  assert.equal(
    template("pod", "added"),
    `// Runs when a pod comes. \`event.cause\` is \`initial\` for those that were there before.
import type { HandlerContext, PodAdded } from "informd";

export default async function podAdded(event: PodAdded, { log }: HandlerContext<"pods">) {
  const { name, namespace } = event.object.metadata;
  // The second argument has a lister too: lister.list({ namespace }) reads the cache.
  log.info("pod added", { name, namespace });
}
`,
  );
});

test("a handler on updated compares old with new", () => {
  const text = template("deploy", "updated");
  assert.match(text, /event: DeploymentUpdated, \{ log \}: HandlerContext<"deployments\.apps">/);
  assert.match(text, /Object\.entries\(event\.old\)/);
});

test("a handler on a kind that needs a filter has one", () => {
  assert.match(template("secret", "added"), /^export const config = \{ namespaces: \["default"\] \};$/m);
});

test("a handler on a cluster-scoped kind speaks of no namespace", () => {
  for (const event of FILE_EVENTS) assert.doesNotMatch(template("node", event), /namespace/);
});

test("a custom kind gets the types that are declared for its resource, else those of any object", () => {
  assert.match(
    template("certificate.cert-manager.io", "changed"),
    /event: ChangedEvent<ObjectOf<"certificate\.cert-manager\.io">>/,
  );
});

test("every built-in kind's handlers compile, with the compiler options of a new project", async () => {
  const watchable = builtInResources.filter(({ verbs }) => verbs.includes("watch"));
  const kinds = watchable.map(({ plural, version, group }) =>
    group === "" ? resourceName({ plural, group }) : `${plural}.${version}.${group}`,
  );
  const files = [...kinds, "certificate.cert-manager.io"].flatMap((kind) =>
    FILE_EVENTS.map((event) => [`handlers/${kind}-${event}.ts`, template(kind, event)]),
  );
  const options = {
    ...COMPILER_OPTIONS,
    noUnusedLocals: true,
    paths: { informd: [join(ROOT, "runtime", "index.ts")] },
  };
  using folder = new TemporaryDirectory({
    ...Object.fromEntries(files),
    "package.json": JSON.stringify({ type: "module" }),
    "tsconfig.json": JSON.stringify({ compilerOptions: options, include: ["handlers"] }),
  });
  const { code, stdout } = await tsc(folder.path);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
});

function template(kind: string, event: FileEvent): string {
  const found = templateSubject(kind);
  assert.equal(found.type, "found");
  return found.type === "found" ? handlerTemplate(found.subject, event) : "";
}

function tsc(cwd: string): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [TSC, "--pretty", "false"], { cwd }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), stdout }),
    );
  });
}
