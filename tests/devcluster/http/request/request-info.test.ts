import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { requestInfo, type RequestInfo } from "#devcluster/http/request/request-info.ts";

function infoOf(line: string): RequestInfo {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", search = ""] = url.split("?");
  return requestInfo(method, path, new URLSearchParams(search));
}

/** `verb group/version plural namespace/name/subresource`, or `path`. */
function summary(line: string): string {
  const info = infoOf(line);
  if (info.type === "path") return `path ${info.verb}`;
  const { verb, group, version, plural, namespace, name, subresource, rest } = info;
  return `${verb} ${group}/${version} ${plural} ${[namespace, name, subresource, ...rest].join("/")}`;
}

suite("requestInfo", () => {
  const rows: readonly (readonly [line: string, expected: string])[] = [
    ["GET /api/v1/pods", "list /v1 pods //"],
    ["GET /api/v1/namespaces/shop/pods", "list /v1 pods shop//"],
    ["GET /api/v1/namespaces/shop/pods/web", "get /v1 pods shop/web/"],
    ["GET /api/v1/namespaces/shop/pods/web/log", "get /v1 pods shop/web/log"],
    ["GET /api/v1/namespaces/shop/services/web/proxy/a/b", "get /v1 services shop/web/proxy/a/b"],
    ["GET /apis/apps/v1/deployments", "list apps/v1 deployments //"],
    ["GET /apis/apps/v1/namespaces/shop/deployments/web/scale", "get apps/v1 deployments shop/web/scale"],
    ["GET /api/v1/nodes/one", "get /v1 nodes /one/"],
    ["POST /api/v1/namespaces/shop/pods", "create /v1 pods shop//"],
    ["POST /api/v1/namespaces/shop/pods/web/eviction", "create /v1 pods shop/web/eviction"],
    ["PUT /api/v1/namespaces/shop/pods/web/status", "update /v1 pods shop/web/status"],
    ["PATCH /api/v1/namespaces/shop/pods/web", "patch /v1 pods shop/web/"],
    ["DELETE /api/v1/namespaces/shop/pods/web", "delete /v1 pods shop/web/"],
    ["DELETE /api/v1/namespaces/shop/pods", "deletecollection /v1 pods shop//"],
    // A namespace is a resource, and what is below it is in it, but for its own subresources.
    ["GET /api/v1/namespaces", "list /v1 namespaces //"],
    ["GET /api/v1/namespaces/shop", "get /v1 namespaces shop/shop/"],
    ["PUT /api/v1/namespaces/shop/finalize", "update /v1 namespaces shop/shop/finalize"],
    ["GET /api/v1/namespaces/shop/status", "get /v1 namespaces shop/shop/status"],
    ["DELETE /api/v1/namespaces/shop", "delete /v1 namespaces shop/shop/"],
    // Only collections are watched, and anything but "0" and "false" says yes.
    ["GET /api/v1/pods?watch=true", "watch /v1 pods //"],
    ["GET /api/v1/pods?watch=1", "watch /v1 pods //"],
    ["GET /api/v1/pods?watch", "watch /v1 pods //"],
    ["GET /api/v1/pods?watch=banana", "watch /v1 pods //"],
    ["GET /api/v1/pods?watch=0", "list /v1 pods //"],
    ["GET /api/v1/pods?watch=False", "list /v1 pods //"],
    ["GET /api/v1/namespaces/shop/pods/web?watch=1", "get /v1 pods shop/web/"],
    // Names are decoded after the path is cut.
    ["GET /api/v1/namespaces/shop/roles/system%3Aa%2Fb", "get /v1 roles shop/system:a/b/"],
    ["GET /api/v1/pods/", "list /v1 pods //"],
    ["GET //api/v1/pods", "path get"],
    ["HEAD /api/v1/pods/web", " /v1 pods /web/"],
    ["GET /", "path get"],
    ["GET /api", "path get"],
    ["GET /api/v1", "path get"],
    ["GET /apis/apps/v1", "path get"],
    ["GET /healthz", "path get"],
    ["GET /openapi/v3/apis/apps/v1", "path get"],
    ["POST /version", "path post"],
    ["GET /api/v1/pods/%zz", "path get"],
  ];
  for (const [line, expected] of rows) test(`reads ${line}`, () => assert.equal(summary(line), expected));
});
