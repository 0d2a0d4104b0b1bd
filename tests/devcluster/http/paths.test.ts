import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { parsed } from "../../support/config-maps-rig.ts";

suite("paths", () => {
  let rig: ApiServerRig;
  before(async () => {
    rig = await ApiServerRig.start({
      documents: ({ path, accept }) =>
        path === "/apis"
          ? {
              contentType: accept[0]?.type ?? "application/json",
              body: { kind: "APIGroupList" },
              headers: { etag: "1" },
            }
          : undefined,
    });
  });
  after(() => rig[Symbol.asyncDispose]());

  const statusOf = async (line: string): Promise<string> => {
    const [method = "", path = ""] = line.split(" ");
    const { code, text } = await rig.ask(path, { method });
    return `${code} ${text.startsWith("{") ? String((JSON.parse(text) as { message: unknown }).message) : text}`;
  };
  const notFound = "404 the server could not find the requested resource";
  const page = "404 404 page not found\n";
  const notAllowed = "405 the server does not allow this method on the requested resource";

  const rows: readonly (readonly [line: string, expected: string])[] = [
    ["GET /healthz", "200 ok"],
    ["GET /livez?verbose", "200 ok"],
    ["GET /readyz/ping", "200 ok"],
    ["POST /healthz", "200 ok"],
    ["GET /healthz/nope", page],
    ["GET /nope", page],
    ["POST /apis", notAllowed],
    ["GET /api/v2", notFound],
    ["GET /apis/apps/v9", notFound],
    ["GET /apis/nope.io", page],
    ["GET /api/v1/nopes", notFound],
    ["GET /apis/apps/v9/deployments", notFound],
    ["GET /apis/nope.io/v1/things", page],
    ["GET /apis/example.com/v9/widgets", page],
    ["GET /apis/example.com/v1/nopes", page],
    ["GET /api/v1/watch/pods", notFound],
    // Namespaced or not.
    ["GET /api/v1/configmaps/a", notFound],
    ["GET /apis/example.com/v1/widgets/w", page],
    ["GET /api/v1/namespaces/shop/namespaces", notFound],
    ["POST /api/v1/configmaps", notAllowed],
    ["DELETE /api/v1/configmaps", notAllowed],
    ["POST /apis/example.com/v1/widgets", page],
    // Subresources.
    ["GET /api/v1/namespaces/shop/configmaps/a/status", notFound],
    ["GET /api/v1/namespaces/shop/pods/a/b/c", notFound],
    ["GET /api/v1/namespaces/shop/pods/a/eviction", notAllowed],
    ["GET /apis/example.com/v1/namespaces/shop/widgets/w/nope", '404 widgets.example.com "w" not found'],
    // Methods.
    ["PUT /api/v1/namespaces/shop/configmaps", notAllowed],
    ["PATCH /api/v1/namespaces/shop/configmaps", notAllowed],
    ["POST /api/v1/namespaces/shop/configmaps/a", notAllowed],
    ["OPTIONS /api/v1/namespaces/shop/configmaps", notAllowed],
    ["DELETE /api/v1/namespaces", notAllowed],
    ["GET /apis/authentication.k8s.io/v1/selfsubjectreviews", notAllowed],
    ["GET /apis/authentication.k8s.io/v1/selfsubjectreviews/a", notFound],
    // Also with a slash at the end, but not with two at the start.
    ["GET //api/v1/namespaces", page],
  ];
  for (const [line, expected] of rows) {
    test(`${line} answers ${expected.trim()}`, async () => assert.equal(await statusOf(line), expected));
  }

  test("HEAD is not allowed, and has no body", async () => {
    const { code, text } = await rig.ask("/api/v1/namespaces", { method: "HEAD" });
    assert.deepEqual([code, text], [405, ""]);
  });

  test("subresources of namespaces are reached through them", async () => {
    await rig.ask("/api/v1/namespaces/shop/finalize", { method: "PUT", body: "{}" });

    const { target } = rig.operations.calls.at(-1) ?? assert.fail();
    assert.deepEqual(
      [target.resource.plural, target.namespace, target.name, target.subresource],
      ["namespaces", "", "shop", "finalize"],
    );
  });

  test("subresources that are created name their object, and take their own kind", async () => {
    const evict = (body: object) =>
      rig.ask("/api/v1/namespaces/shop/pods/a/eviction", { method: "POST", body: JSON.stringify(body) });

    const { code } = await evict({ kind: "Eviction", apiVersion: "policy/v1" });
    const older = await evict({ kind: "Eviction", apiVersion: "policy/v1beta1" });
    const unknown = await evict({ kind: "Eviction", apiVersion: "policy/v2" });
    const refused = await evict({ kind: "Pod", apiVersion: "v1" });

    assert.deepEqual([code, older.code], [201, 201]);
    assert.equal(rig.operations.calls.at(-1)?.target.subresource, "eviction");
    assert.match(unknown.text, /no kind \\"Eviction\\" is registered for version \\"policy\/v2\\"/);
    assert.match(refused.text, /Pod in version \\"v1\\" cannot be handled as a Eviction: converting/);
  });

  test("connections need no body that can be read, and name their container", async () => {
    const path = "/api/v1/namespaces/shop/pods/a/exec?container=c";
    const headers = { "content-type": "text/plain", accept: "text/html" };
    await rig.ask(path, { method: "POST", headers, body: "ls" });

    const { verb, options } = rig.operations.calls.at(-1) ?? assert.fail();
    assert.deepEqual([verb, options], ["get", { container: "c" }]);

    const tried = await rig.ask(`${path}&dryRun=All`, { method: "POST" });
    assert.deepEqual([tried.code, parsed(tried)["message"]], [400, "dryRun is not supported"]);
  });

  test("a log is read of the container that the query names", async () => {
    await rig.ask("/api/v1/namespaces/shop/pods/a/log?container=c");

    assert.deepEqual(rig.operations.calls.at(-1)?.options, { container: "c" });
  });

  test("an object can be asked for as of a resourceVersion", async () => {
    await rig.ask("/api/v1/namespaces/shop/pods/a?resourceVersion=7");

    assert.deepEqual(rig.operations.calls.at(-1)?.options, { resourceVersion: "7" });
  });

  test("documents about the API come with their own types and headers", async () => {
    const { headers, text } = await rig.ask("/apis", { headers: { accept: "application/json;g=x" } });

    assert.equal(text, '{"kind":"APIGroupList"}\n');
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["etag"], "1");
  });
});
