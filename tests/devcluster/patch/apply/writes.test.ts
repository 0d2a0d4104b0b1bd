import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { CapturedAnswers } from "../../../support/captured-answers.ts";
import { type KubeApiServer, skipWithoutApiServer, startKubeApiServer } from "../../../support/kube-api-server.ts";
import { CONFIG_MAP_CASES } from "../../captured/config-map-cases.ts";
import { POD_TEMPLATE_CASES } from "../../captured/pod-template-cases.ts";
import { WIDGET_CASES } from "../../captured/widget-cases.ts";
import { realWrites } from "./real-writes.ts";
import { replayed } from "./replayed-writes.ts";
import type { WriteAnswer } from "./write-answer.ts";

const CASES = [...CONFIG_MAP_CASES, ...WIDGET_CASES, ...POD_TEMPLATE_CASES];
const captured = new CapturedAnswers<readonly WriteAnswer[]>(
  join(import.meta.dirname, "../../captured/write-answers.json"),
);

suite("writes have the real server's results and owners", () => {
  const answers = captured.read();

  for (const one of CASES) {
    test(`${one.resource}: ${one.title}`, () => {
      assert.deepEqual(replayed(one), answers.get(one.title));
    });
  }
});

suite("writes on a real server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("have the results that are expected here", async () => {
    captured.assertCaptured(await realWrites(server, CASES));
  });
});
