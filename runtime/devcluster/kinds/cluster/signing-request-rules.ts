import { recordAt } from "../../record-at.ts";
import type { KindRules } from "../kind-rules.ts";

/** The server says who asks; here everybody is the administrator. */
export const signingRequestRules: KindRules = {
  prepareCreate: (request) => ({
    ...request,
    spec: { ...recordAt(request, "spec"), username: "admin", groups: ["system:masters", "system:authenticated"] },
  }),
};
