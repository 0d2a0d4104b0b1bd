import assert from "node:assert/strict";
import { test } from "node:test";
import { openEmbeddedCluster } from "#devcluster/open-embedded-cluster.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { listOptions } from "../support/api-operations-rig.ts";

test("an embedded cluster that is started again is ahead of every revision of the one before", async () => {
  using directory = new TemporaryDirectory();
  const [first, second] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 0, 0, 5)];

  const before = await revisionOfClusterAt(first, directory.path);
  const after = await revisionOfClusterAt(second, directory.path);

  assert.ok(before >= first && before < after, `${before} is followed by ${after}`);
});

async function revisionOfClusterAt(now: number, state: string): Promise<number> {
  const opened = await openEmbeddedCluster(
    { clock: new FakeClock(now), random: () => 0.5, onError: assert.ifError },
    { state, port: 0, activity: "off", environment: {} },
  );
  assert.equal(opened.type, "open");
  const [resource] = builtInResources();
  assert.ok(resource);
  const target = { resource, namespace: "", name: "", subresource: "" };
  const { resourceVersion } = opened.cluster.operations.list(target, listOptions());
  await opened.stop();
  return Number(resourceVersion);
}
