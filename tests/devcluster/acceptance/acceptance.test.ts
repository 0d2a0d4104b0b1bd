import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipWithoutApiServer } from "../../support/kube-api-server.ts";
import { compare } from "./compare.ts";
import { DIVERGENCES } from "./divergences.ts";
import { playBoth, type TestedServers } from "./play-both.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { startEmbedded, startReal } from "./tested-server.ts";

describe("the embedded cluster shows what a real API server shows", { skip: skipWithoutApiServer }, () => {
  let servers: TestedServers;

  before(async () => {
    const [embedded, real] = await Promise.all([startEmbedded(), startReal()]);
    servers = { embedded, real };
  });
  after(async () => {
    await Promise.all([servers.embedded.stop(), servers.real.stop()]);
  });

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
