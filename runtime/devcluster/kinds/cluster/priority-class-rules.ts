import type { KindRules } from "../kind-rules.ts";
import { forbidden } from "../../operations/api-errors.ts";

const CLASSES = { group: "scheduling.k8s.io", plural: "priorityclasses" };

export const SYSTEM_PRIORITY_CLASSES: ReadonlySet<string> = new Set([
  "system-cluster-critical",
  "system-node-critical",
]);

export const priorityClassRules: KindRules = {
  prepareDelete(marked, before) {
    if (SYSTEM_PRIORITY_CLASSES.has(before.metadata.name)) {
      const reason = "this is a system priority class and cannot be deleted";
      throw forbidden(CLASSES, before.metadata.name, reason);
    }
    return marked;
  },
};
