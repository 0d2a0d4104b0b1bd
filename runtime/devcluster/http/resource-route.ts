import type { ServedResource } from "../registry/served-resource.ts";
import type { Target } from "../operations/api-operations.ts";
import { notFound } from "../operations/api-errors.ts";
import { isConnection } from "../operations/subresources/connect-pod.ts";
import { value, type Answer, type ValueAnswer } from "./answer/answer.ts";
import { deleteOptions } from "./request/options/delete-options.ts";
import { deletedDocument } from "./answer/deleted-document.ts";
import { listOptions, watchOptions } from "./request/options/list-options.ts";
import { negotiate } from "./request/negotiation.ts";
import { bodyTypeOf, deleteOptionsFrom, objectFrom } from "./request/body/object-body.ts";
import { patchFrom, patchTypeOf } from "./request/body/patch-body.ts";
import { includeObject, listDocument, objectDocument, type DocumentForm } from "./answer/object-documents.ts";
import type { ApiServerDeps } from "./ports.ts";
import { QueryReader } from "./request/options/query-reader.ts";
import { unknownPath } from "./path-route.ts";
import { badRequest, methodNotAllowed, pathNotFound } from "./request/request-errors.ts";
import type { ResourceRequest } from "./request/request-info.ts";
import type { RouteRequest } from "./route-request.ts";
import { writeOptions } from "./request/options/write-options.ts";

/** Answers a request for objects, or throws the `StatusError` that says why not. */
export async function routeResource(
  info: ResourceRequest,
  request: RouteRequest,
  deps: ApiServerDeps,
): Promise<Answer> {
  const resource = deps.resources.find(info);
  if (resource === undefined || !fitsScope(info, resource)) return unknownPath(info.group, deps.resources);
  const target = targetOf(info, resource);
  const query = new QueryReader(request.query);
  if (isConnection(target)) return connect(target, query, deps);
  const call: Call = { verb: info.verb, target, query, request, deps };
  switch (info.verb) {
    case "get": {
      const form = formOf(call);
      const object = deps.operations.get(target, { resourceVersion: query.text("resourceVersion") });
      return value(200, objectDocument(object, form), form.format);
    }
    case "list": {
      const form = formOf(call);
      return value(200, listDocument(deps.operations.list(target, listOptions(query)), form), form.format);
    }
    case "watch": {
      const form = formOf(call);
      const options = watchOptions(query);
      return { type: "watch", form, open: (sink) => deps.operations.watch(target, options, sink) };
    }
    case "create":
    case "update":
      return write(call, info.verb);
    case "patch":
      return patch(call);
    case "delete":
    case "deletecollection":
      return remove(call, info.verb);
    case "":
      throw methodNotAllowed();
  }
}

/** What a client means to say through a connection is never read as a body. */
function connect(target: Target, query: QueryReader, { operations }: ApiServerDeps): ValueAnswer {
  if (target.subresource !== "log" && query.has("dryRun")) throw badRequest("dryRun is not supported");
  return value(200, operations.get(target, { container: query.text("container") }), "json");
}

interface Call {
  readonly verb: string;
  readonly target: Target;
  readonly query: QueryReader;
  readonly request: RouteRequest;
  readonly deps: ApiServerDeps;
}

async function write(call: Call, verb: "create" | "update"): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const form = formOf(call);
  const type = bodyTypeOf(request.contentType);
  const options = writeOptions(query, verb === "create" ? "CreateOptions" : "UpdateOptions", request.userAgent);
  const body = { type, bytes: await request.body() };
  const result = deps.operations[verb](target, objectFrom(body, target, deps), options);
  return value(result.created ? 201 : 200, objectDocument(result.object, form), form.format, result.warnings);
}

async function patch(call: Call): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const type = patchTypeOf(request.contentType, target.resource.custom !== undefined);
  const form = formOf(call);
  const options = writeOptions(query, "PatchOptions", request.userAgent, type === "apply");
  const result = deps.operations.patch(target, patchFrom(type, await request.body()), options);
  return value(result.created ? 201 : 200, objectDocument(result.object, form), form.format, result.warnings);
}

async function remove(call: Call, verb: "delete" | "deletecollection"): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const form = formOf(call);
  const bytes = await request.body();
  const body = bytes.length === 0 ? undefined : { type: bodyTypeOf(request.contentType), bytes };
  const options = deleteOptions(body && deleteOptionsFrom(body, deps), query);
  if (verb === "deletecollection") {
    const list = deps.operations.deleteCollection(target, listOptions(query), options);
    return value(200, listDocument(list, form), form.format);
  }
  const result = deps.operations.delete(target, options);
  return value(200, deletedDocument(result, target.resource, form), form.format);
}

/** Throws 404 for what the resource does not have, 405 for what it has for other methods. */
function targetOf(info: ResourceRequest, resource: ServedResource): Target {
  const { name, subresource } = info;
  const served = subresource === "" ? resource : resource.subresources[subresource];
  if (served === undefined || info.rest.length > 0) throw resource.custom ? notFound(resource, name) : pathNotFound();
  if (!served.verbs.includes(info.verb) || !fitsShape(info, resource)) throw methodNotAllowed();
  return { resource, namespace: resource.namespaced ? info.namespace : "", name, subresource };
}

function fitsScope(info: ResourceRequest, { namespaced, custom, verbs }: ServedResource): boolean {
  const { namespace, name, plural, verb, subresource } = info;
  if (name !== "" && subresource === "" && !OBJECT_VERBS.some((one) => verbs.includes(one))) return false;
  if (!namespaced) return namespace === "" || (plural === "namespaces" && name === namespace);
  if (namespace !== "") return true;
  // All namespaces at once can be listed and watched; built-in collections know the path for other methods too.
  return name === "" && (!custom || verb === "list" || verb === "watch");
}

const OBJECT_VERBS = ["get", "update", "patch", "delete"];

/** Creates go to collections, except those of subresources; everything else that changes goes to one object. */
function fitsShape({ verb, namespace, name, subresource }: ResourceRequest, { namespaced }: ServedResource): boolean {
  const isInOnePlace = !namespaced || namespace !== "";
  if (verb === "create") return isInOnePlace && (name === "") === (subresource === "");
  if (verb === "deletecollection") return isInOnePlace;
  return name !== "" || (verb !== "update" && verb !== "patch");
}

function formOf({ verb, target: { resource }, query, request: { accept }, deps }: Call): DocumentForm {
  const accepted = negotiate({ accept, verb, custom: resource.custom !== undefined });
  const include = accepted.as === "Table" ? includeObject(query.text("includeObject")) : "Metadata";
  return { ...accepted, resource, table: deps.tables(resource), include };
}
