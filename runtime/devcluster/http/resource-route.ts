import type { ServedResource } from "../registry/served-resource.ts";
import type { Target } from "../operations/api-operations.ts";
import { value, type Answer, type ValueAnswer } from "./answer/answer.ts";
import { deleteOptions } from "./request/delete-options.ts";
import { deletedDocument } from "./answer/deleted-document.ts";
import { listOptions, watchOptions } from "./request/list-options.ts";
import { negotiateObject, negotiateWatch, type AcceptedForm } from "./request/negotiation.ts";
import { deleteOptionsFrom, objectFrom, patchFrom, patchTypeOf } from "./request/object-body.ts";
import { includeObject, listDocument, objectDocument, type DocumentForm } from "./answer/object-documents.ts";
import type { ApiServerDeps } from "./ports.ts";
import { QueryReader } from "./request/query-reader.ts";
import { methodNotAllowed, pathNotFound } from "./request/request-errors.ts";
import type { ResourceRequest } from "./request/request-info.ts";
import type { RouteRequest } from "./route.ts";
import { writeOptions } from "./request/write-options.ts";

/** Answers a request for objects, or throws the `StatusError` that says why not. */
export async function routeResource(
  info: ResourceRequest,
  request: RouteRequest,
  deps: ApiServerDeps,
): Promise<Answer> {
  const target = targetOf(info, deps);
  const query = new QueryReader(request.query);
  const call: Call = { target, query, request, deps };
  switch (info.verb) {
    case "get": {
      const form = formOf(call, negotiateObject(request.accept));
      return value(200, objectDocument(deps.operations.get(target), form), form.format);
    }
    case "list": {
      const form = formOf(call, negotiateObject(request.accept));
      return value(200, listDocument(deps.operations.list(target, listOptions(query)), form), form.format);
    }
    case "watch": {
      const form = formOf(call, negotiateWatch(request.accept));
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

interface Call {
  readonly target: Target;
  readonly query: QueryReader;
  readonly request: RouteRequest;
  readonly deps: ApiServerDeps;
}

async function write(call: Call, verb: "create" | "update"): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const form = formOf(call, negotiateObject(request.accept));
  const bytes = await request.body();
  const options = writeOptions(query, verb === "create" ? "CreateOptions" : "UpdateOptions", request.userAgent);
  const object = objectFrom({ contentType: request.contentType, bytes }, kindOf(target), deps);
  const result = deps.operations[verb](target, object, options);
  return value(result.created ? 201 : 200, objectDocument(result.object, form), form.format, result.warnings);
}

async function patch(call: Call): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const type = patchTypeOf(request.contentType);
  const form = formOf(call, negotiateObject(request.accept));
  const bytes = await request.body();
  const options = writeOptions(query, "PatchOptions", request.userAgent, type === "apply");
  const result = deps.operations.patch(target, patchFrom(type, bytes), options);
  return value(result.created ? 201 : 200, objectDocument(result.object, form), form.format, result.warnings);
}

async function remove(call: Call, verb: "delete" | "deletecollection"): Promise<ValueAnswer> {
  const { target, query, request, deps } = call;
  const form = formOf(call, negotiateObject(request.accept));
  const body = { contentType: request.contentType, bytes: await request.body() };
  const options = deleteOptions(deleteOptionsFrom(body, deps), query);
  if (verb === "deletecollection") {
    const list = deps.operations.deleteCollection(target, listOptions(query), options);
    return value(200, listDocument(list, form), form.format);
  }
  const result = deps.operations.delete(target, options);
  return value(200, deletedDocument(result, target.resource, form), form.format);
}

/** Throws 404 for a path that leads nowhere, 405 for one that leads somewhere with another method. */
function targetOf(info: ResourceRequest, { resources }: ApiServerDeps): Target {
  const resource = resources.find(info);
  if (resource === undefined || info.rest.length > 0 || !fitsScope(info, resource)) throw pathNotFound();
  const { name, subresource } = info;
  const served = subresource === "" ? resource : resource.subresources[subresource];
  if (served === undefined) throw pathNotFound();
  if (!served.verbs.includes(info.verb) || !fitsShape(info, resource)) throw methodNotAllowed();
  return { resource, namespace: resource.namespaced ? info.namespace : "", name, subresource };
}

function fitsScope({ namespace, name, plural, verb }: ResourceRequest, { namespaced }: ServedResource): boolean {
  if (!namespaced) return namespace === "" || plural === "namespaces";
  if (namespace !== "") return true;
  // All namespaces at once can be listed and watched; other methods are known there, but not allowed.
  return name === "" && verb !== "";
}

/** Creates go to collections, except those of subresources; everything else that changes goes to one object. */
function fitsShape({ verb, namespace, name, subresource }: ResourceRequest, { namespaced }: ServedResource): boolean {
  const isInOnePlace = !namespaced || namespace !== "";
  if (verb === "create") return isInOnePlace && (name === "") === (subresource === "");
  if (verb === "deletecollection") return isInOnePlace;
  return name !== "" || (verb !== "update" && verb !== "patch");
}

function kindOf({ resource, subresource }: Target): string {
  return subresource === "" ? resource.kind : (resource.subresources[subresource]?.kind ?? resource.kind);
}

function formOf({ target, query, deps }: Call, accepted: AcceptedForm): DocumentForm {
  return {
    ...accepted,
    resource: target.resource,
    table: deps.tables(target.resource),
    include: accepted.as === "Table" ? includeObject(query.text("includeObject")) : "Metadata",
  };
}
