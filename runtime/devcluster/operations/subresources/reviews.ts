/** Kinds that are asked, never stored: who may do what, and who is asking. Everybody may do everything here. */
import { fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import type { StatusError } from "../../api-status.ts";
import { invalidError } from "../../registry/invalid-error.ts";
import { invalid, rawInvalid, type FieldCause } from "../../schema/field-causes.ts";
import { badRequest } from "../api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { timestamp, type OperationsContext } from "../operations-context.ts";
import { expectedKind } from "../writing/decoding/body-kind.ts";
import { objectAt } from "../writing/decoding/decode-body.ts";
import { decodeRequest } from "./decode-request.ts";

type Answer = (review: ApiObject, context: OperationsContext) => ApiObject;

const ANSWERS: Readonly<Record<string, Answer>> = {
  "subjectaccessreviews.authorization.k8s.io": accessReview,
  "localsubjectaccessreviews.authorization.k8s.io": accessReview,
  "selfsubjectaccessreviews.authorization.k8s.io": accessReview,
  "selfsubjectrulesreviews.authorization.k8s.io": rulesReview,
  "selfsubjectreviews.authentication.k8s.io": subjectReview,
  "tokenreviews.authentication.k8s.io": tokenReview,
};

/** How a resource is answered that has no objects; `undefined` for all others. */
export function reviewOf({ storage }: Target["resource"]): Answer | undefined {
  return Object.hasOwn(ANSWERS, storage) ? ANSWERS[storage] : undefined;
}

/** POST. Throws 400 and 422 for a question that makes no sense. */
export function answerReview(
  context: OperationsContext,
  target: Target,
  { body, answer }: { readonly body: JsonRecord; readonly answer: Answer },
  options: WriteOptions,
): WriteResult {
  const { resource } = target;
  const definition = `${resource.group.split(".")[0]}.${resource.version}.${resource.kind}`;
  const { value, warnings } = decodeRequest(context, expectedKind(resource), definition, body, options);
  const review = withoutEmptyName(objectAt(target, value));
  return { object: answer(review, context), created: true, warnings };
}

function withoutEmptyName(object: ApiObject): ApiObject {
  return object.metadata.name === "" ? withMetadata(object, { name: undefined }) : object;
}

function accessReview(review: ApiObject): ApiObject {
  const problems = [...attributeProblems(review), ...subjectProblems(review)];
  if (problems.length > 0) throw invalidReview(problems);
  return { ...review, status: { allowed: true } };
}

function attributeProblems({ spec, metadata }: ApiObject): FieldCause[] {
  const of = fieldOf(spec, "resourceAttributes");
  const path = fieldOf(spec, "nonResourceAttributes");
  if (isRecord(of) === isRecord(path)) {
    const value = isRecord(path)
      ? JSON.stringify({ Path: textOf(path, "path") ?? "", Verb: textOf(path, "verb") ?? "" })
      : "null";
    const rule = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
    return [rawInvalid("spec", value, rule)];
  }
  const namespace = textOf(of, "namespace") ?? "";
  if (metadata.namespace === undefined || metadata.namespace === namespace) return [];
  return [invalid("spec.resourceAttributes.namespace", namespace, "must match metadata.namespace")];
}

function subjectProblems({ kind, spec }: ApiObject): FieldCause[] {
  const isAnonymous = (textOf(spec, "user") ?? "") === "" && textsOf(spec, "groups").length === 0;
  if (kind === "SelfSubjectAccessReview" || !isAnonymous) return [];
  return [invalid("spec.user", "", "at least one of user or group must be specified")];
}

/** The real server forgets the kind here. */
function invalidReview(problems: readonly FieldCause[]): StatusError {
  return invalidError({ group: "authorization.k8s.io", kind: "" }, "", problems);
}

function rulesReview(review: ApiObject): ApiObject {
  if ((textOf(review["spec"], "namespace") ?? "") === "") throw badRequest("no namespace on request");
  const status = {
    resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
    nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
    incomplete: false,
  };
  return { ...review, spec: {}, status };
}

/** There is one user. */
function subjectReview(review: ApiObject, context: OperationsContext): ApiObject {
  const userInfo = { username: "admin", groups: ["system:masters", "system:authenticated"] };
  const asked = withMembers(review, { spec: undefined });
  return { ...withMetadata(asked, { creationTimestamp: timestamp(context) }), status: { userInfo } };
}

/** No token but the server's own is worth anything, and that one is not known here. */
function tokenReview(review: ApiObject): ApiObject {
  if ((textOf(review["spec"], "token") ?? "") === "")
    throw badRequest("token is required for TokenReview in authentication");
  return { ...review, status: { user: {}, error: "invalid bearer token" } };
}
