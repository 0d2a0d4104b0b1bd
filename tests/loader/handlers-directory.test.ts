import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import type { Batch } from "#loader/revision.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { handlersLoader } from "../support/handlers-loader.ts";

async function firstBatch(context: TestContext, files: Readonly<Record<string, string>>): Promise<Batch> {
  const { root } = handlersFolder(context, files);
  const batches = await Array.fromAsync(handlersLoader(root).batches(context.signal));
  assert.equal(batches.length, 1);
  return batches[0] as Batch;
}

test("handlers directory without watching gives one batch with every handler", async (context) => {
  const batch = await firstBatch(context, {
    "pod-added.ts": "export default (event) => {};",
    "billing/paid.ts":
      'import { on } from "informd"; export default on("deployments.apps", { events: ["updated"] }, () => {});',
    "_shared.ts": "export const shared = 1;",
    "pod-added.test.ts": "throw new Error('no handler')",
  });
  assert.deepEqual(
    batch.revisions.map(({ handler, options }) => [handler, options.resource, options.events]),
    [
      ["billing/paid", "deployments.apps", ["updated"]],
      ["pod-added", "pod", ["added"]],
    ],
  );
  assert.deepEqual([batch.failures, batch.conflicts, batch.removed, batch.renamed], [[], [], [], []]);
});
