import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipWithoutApiServer } from "../../support/kube-api-server.ts";
import { compare } from "./compare.ts";
import { DIVERGENCES } from "./divergences.ts";
import { playBoth, type TestedServers } from "./play-both.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { refusedWatchLists } from "./scenarios/waiting.ts";
import { startEmbedded, startReal, type TestedServerOptions } from "./tested-server.ts";

describe("the embedded cluster shows what a real API server shows", { skip: skipWithoutApiServer }, () => {
  let servers: TestedServers;

  before(async () => {
    servers = await startBoth();
  });
  after(() => stopBoth(servers));

  for (const scenario of SCENARIOS) {
    test(scenario.name, async () => {
      const problems = compare(scenario.name, await playBoth(scenario, servers), DIVERGENCES);
      assert.ok(problems.length === 0, problems.join("\n\n"));
    });
  }

  test("the embedded cluster met nothing unexpected", () => {
    assert.deepEqual(servers.embedded.problems, []);
  });
});

test("kubectl lists where a server refuses watch-lists", { skip: skipWithoutApiServer }, async () => {
  const servers = await startBoth({ allowsWatchList: false });
  try {
    const problems = compare(refusedWatchLists.name, await playBoth(refusedWatchLists, servers), DIVERGENCES);
    assert.ok(problems.length === 0, problems.join("\n\n"));
  } finally {
    await stopBoth(servers);
  }
});

async function startBoth(options: TestedServerOptions = {}): Promise<TestedServers> {
  const [embedded, real] = await Promise.all([startEmbedded(options), startReal(options)]);
  return { embedded, real };
}

async function stopBoth({ embedded, real }: TestedServers): Promise<void> {
  await Promise.all([embedded.stop(), real.stop()]);
}
