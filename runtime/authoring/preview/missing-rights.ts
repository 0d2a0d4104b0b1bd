/** Which of the rights that handlers need the user of a cluster does not have: the API server is asked, each right once. */
import { atOnce } from "#kernel/at-once.ts";
import { fieldOf } from "#kernel/json-value.ts";
import type { ObjectClient } from "#kubernetes/object-client.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { Right } from "../manifests/rights.ts";

export type Authority = Pick<ObjectClient, "create">;

/** Its `verbs` are those that are missing. */
export type MissingRights =
  | { readonly type: "asked"; readonly missing: readonly Right[] }
  | { readonly type: "failed"; readonly failure: RequestFailure };

const REVIEWS: ApiResource = {
  group: "authorization.k8s.io",
  version: "v1",
  plural: "selfsubjectaccessreviews",
  singular: "selfsubjectaccessreview",
  kind: "SelfSubjectAccessReview",
  shortNames: [],
  namespaced: false,
  verbs: ["create"],
};

const ASKED_AT_ONCE = 8;

/** @param rights may repeat */
export async function missingRights(
  authority: Authority,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<MissingRights> {
  const questions = new Map(rights.flatMap((right) => right.verbs.map((verb) => [questionOf(right, verb), false])));
  let failure: RequestFailure | undefined;
  await atOnce(questions.keys(), ASKED_AT_ONCE, async (question) => {
    if (failure) return;
    const answer = await authority.create({ resource: REVIEWS, namespace: "" }, JSON.parse(question), signal);
    if (answer.type !== "object") failure = answer;
    else questions.set(question, fieldOf(fieldOf(answer.object, "status"), "allowed") === true);
  });
  if (failure) return { type: "failed", failure };
  const missing = rights.map((right) => {
    return { ...right, verbs: right.verbs.filter((verb) => questions.get(questionOf(right, verb)) !== true) };
  });
  return { type: "asked", missing: missing.filter(({ verbs }) => verbs.length > 0) };
}

/** As JSON: equal questions are asked once. */
function questionOf({ namespace, group, resource, objectName }: Right, verb: string): string {
  const [plural = "", ...subresource] = resource.split("/");
  return JSON.stringify({
    apiVersion: `${REVIEWS.group}/${REVIEWS.version}`,
    kind: REVIEWS.kind,
    spec: {
      resourceAttributes: {
        namespace,
        verb,
        group,
        resource: plural,
        ...(subresource.length > 0 && { subresource: subresource.join("/") }),
        name: objectName,
      },
    },
  });
}

/** `Cannot list, watch pods in all namespaces: …`, with the rule that is missing. @param known among them the right's resource */
export function missingReason(
  { namespace, group, resource, objectName, verbs }: Right,
  known: readonly Pick<ApiResource, "group" | "plural" | "namespaced">[],
): string {
  const plural = resource.replace(/\/.*/, "");
  const isNamespaced = known.some((one) => one.group === group && one.plural === plural && one.namespaced);
  const name = `${plural}${group === "" ? "" : `.${group}`}${resource.replace(/^[^/]*/, "")}`;
  const object = objectName === undefined ? "" : ` "${objectName}"`;
  const everywhere = isNamespaced ? " in all namespaces" : "";
  const where = namespace === undefined ? everywhere : ` in namespace "${namespace}"`;
  const role = namespace === undefined ? "a ClusterRole" : `a Role in "${namespace}"`;
  const rule = [
    `apiGroups: ${JSON.stringify([group])}`,
    `resources: ${JSON.stringify([resource])}`,
    ...(objectName === undefined ? [] : [`resourceNames: ${JSON.stringify([objectName])}`]),
    `verbs: ${JSON.stringify(verbs).replaceAll(",", ", ")}`,
  ];
  return `Cannot ${verbs.join(", ")} ${name}${object}${where}: no role of this user allows it. Add to ${role}: { ${rule.join(", ")} }`;
}
