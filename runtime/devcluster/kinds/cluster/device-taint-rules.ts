import { recordAt } from "../../record-at.ts";
import type { KindRules } from "../kind-rules.ts";

export const deviceTaintRules: KindRules = {
  prepareCreate(rule, { now }) {
    const taint = recordAt(rule, "spec", "taint");
    return { ...rule, spec: { ...recordAt(rule, "spec"), taint: { timeAdded: now, ...taint } } };
  },
};
