import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import { after, before, suite, test } from "node:test";
import { checkHandlers } from "#authoring/check-handlers.ts";
import type { HandlerSummary } from "#authoring/handler-summary.ts";
import { invokeHandler } from "#authoring/invoke/invoke-handler.ts";
import { checkTypes } from "#authoring/types/check-types.ts";
import { systemClock } from "#kernel/clock.ts";
import { type CodeBlock, codeBlocks, fileOf } from "../support/code-blocks.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";
import { customResource } from "../support/test-cluster/objects.ts";

const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
const HANDLERS = "handlers/";

/** Also of what handlers share. */
const BLOCKS = codeBlocks("ts").filter((block) => isHandler(block) || fileOf(block)?.startsWith(HANDLERS));

function isHandler({ text }: CodeBlock): boolean {
  return text.includes("\nexport default ");
}

/** A project whose handlers are those of the documents, in a folder for each document. */
function project(): TemporaryDirectory {
  const files = BLOCKS.map((block) => [pathOf(block), block.text] as const);
  const folder = new TemporaryDirectory({ ...Object.fromEntries(files), "node_modules/.bin/keep": "" });
  symlinkSync(join(TYPESCRIPT, "bin", "tsc"), join(folder.path, "node_modules", ".bin", "tsc"));
  return folder;
}

/** `// handlers/pod-added.ts` in docs/events.md is handlers/events/pod-added.ts. */
function pathOf(block: CodeBlock): string {
  return `${HANDLERS}${parse(block.document).name.toLowerCase()}/${fileOf(block)?.slice(HANDLERS.length)}`;
}

test("every handler in the documents says which file it is", () => {
  assert.deepEqual(
    BLOCKS.filter((block) => !fileOf(block)?.startsWith(HANDLERS)),
    [],
  );
  const paths = BLOCKS.map(pathOf);
  assert.deepEqual(paths.toSorted(), [...new Set(paths)].toSorted());
});

suite("the handlers in the documents", { timeout: 120_000 }, () => {
  const folder = project();
  const directory = join(folder.path, HANDLERS);

  after(() => folder[Symbol.dispose]());

  test("compile, by the types that an author has", async () => {
    const checked = await checkTypes({ directory, environment: process.env }, new AbortController().signal);
    assert.deepEqual(checked, { type: "checked", findings: [] });
  });

  test("load in their sandbox, without problems", async () => {
    const checked = await checkHandlers(
      { clock: systemClock, environment: {} },
      { directory },
      AbortSignal.timeout(60_000),
    );
    assert.ok(checked.type === "checked");
    assert.deepEqual(checked.problems, []);
    const files = BLOCKS.filter(isHandler).map((block) => pathOf(block).slice(HANDLERS.length));
    assert.deepEqual([...new Set(checked.handlers.map(({ file }) => file))].toSorted(), files.toSorted());
  });
});

onEachServer("the handlers in the documents", ({ open }) => {
  const folder = project();
  const directory = join(folder.path, HANDLERS);
  let cluster: TestCluster;
  let handlers: readonly HandlerSummary[] = [];

  before(async () => {
    cluster = await open();
    await cluster.apply(...OBJECTS);
    const checked = await checkHandlers(
      { clock: systemClock, environment: {} },
      { directory },
      AbortSignal.timeout(60_000),
    );
    assert.ok(checked.type === "checked");
    ({ handlers } = checked);
  });

  after(() => folder[Symbol.dispose]());

  test("each one runs on an object of the cluster, and returns", async (context) => {
    for (const { id } of handlers) {
      await context.test(id, async () => {
        const invocation = await invokeHandler(
          { clock: systemClock, random: Math.random },
          {
            handler: id,
            cwd: folder.path,
            directory,
            object: undefined,
            old: undefined,
            cache: undefined,
            event: undefined,
            namespace: undefined,
            cluster: { kubeconfig: cluster.kubeconfigPath, context: undefined, live: false },
            environment: {},
          },
          AbortSignal.timeout(60_000),
        );
        assert.ok(invocation.type === "ran", JSON.stringify(invocation));
        assert.equal(invocation.outcome.type, "done", JSON.stringify(invocation.outcome));
      });
    }
  });
});

const LABELS = { app: "web", tier: "web" };
const METADATA = { name: "web", namespace: "default", labels: LABELS };
const POD_SPEC = { containers: [{ name: "c", image: "i" }] };

/** One of each kind that the documents' handlers are for. */
const OBJECTS: readonly Named[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "prod" } },
  { apiVersion: "v1", kind: "Pod", metadata: METADATA, spec: POD_SPEC },
  { apiVersion: "v1", kind: "ConfigMap", metadata: METADATA, data: { greeting: "hello" } },
  { apiVersion: "v1", kind: "Service", metadata: METADATA, spec: { selector: LABELS, ports: [{ port: 80 }] } },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: METADATA,
    spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec: POD_SPEC } },
  },
  customResource("Widget"),
  { apiVersion: "example.com/v1", kind: "Widget", metadata: METADATA, spec: { size: 3 } },
];
