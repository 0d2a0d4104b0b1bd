import assert from "node:assert/strict";
import { before, suite, test } from "node:test";

import { explore, type Findings } from "./model/explore.ts";
import { Fairness } from "./model/fairness.ts";
import { INVARIANTS } from "./model/invariants.ts";
import { SABOTAGES } from "./model/sabotages.ts";

const SCHEDULES = 20_000;

suite(`over ${SCHEDULES} random schedules of changes, failures, reloads and gaps`, () => {
  let findings: Findings;
  before(() => {
    findings = explore({ seed: 1, schedules: SCHEDULES });
  });
  for (const [invariant, sentence] of Object.entries(INVARIANTS)) {
    test(`${invariant}: ${sentence}`, () => {
      const broken = findings.violations.filter((violation) => violation.invariant === invariant);
      assert.deepEqual(broken.slice(0, 5), []);
    });
  }
  test("everything happened often enough to mean something", () => {
    const rare = Object.entries(findings.counts).filter(([, count]) => count < 100);
    assert.deepEqual(rare, []);
  });
});

suite("the checks of the random schedules notice a dispatcher that", () => {
  for (const [name, sabotage] of Object.entries(SABOTAGES)) {
    test(name, () => {
      const { violations } = explore({ seed: 1, schedules: 200, sabotage, stopsAtFirst: true });
      assert.equal(violations.length, 1);
    });
  }

  test("lets bulk starve", () => {
    const fairness = new Fairness();
    const judged = Array.from({ length: 8 }, () => fairness.judge("live", ["bulk"]));
    assert.deepEqual(judged.filter(Boolean), ["bulk starves"]);
  });

  test("lets bulk go first", () => {
    const fairness = new Fairness();
    assert.equal(fairness.judge("bulk", ["live"]), "bulk delays live");
  });
});
