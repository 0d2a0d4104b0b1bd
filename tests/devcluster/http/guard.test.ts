import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createGuard } from "#devcluster/http/guard.ts";

const guard = createGuard({ token: "secret", port: 6443 });
const allowed = { host: "127.0.0.1:6443", authorization: "Bearer secret" };

function codeFor(headers: Record<string, string | undefined>): number | undefined {
  return guard.refusal({ ...allowed, ...headers })?.status.code;
}

suite("guard", () => {
  test("lets in who holds the token", () => {
    assert.equal(guard.refusal(allowed), undefined);
    assert.equal(codeFor({ authorization: "bearer  secret " }), undefined);
  });

  test("refuses others with the real server's 401", () => {
    for (const authorization of [undefined, "", "secret", "Bearer", "Bearer other", "Bearer secret2", "Basic secret"]) {
      assert.deepEqual(
        guard.refusal({ host: allowed.host, ...(authorization !== undefined && { authorization }) })?.status,
        {
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: "Unauthorized",
          reason: "Unauthorized",
          code: 401,
        },
      );
    }
  });

  test("takes only names of this machine with its own port, against names that were bound to it by others", () => {
    for (const host of ["localhost:6443", "[::1]:6443", "127.0.0.1:6443"]) assert.equal(codeFor({ host }), undefined);
    for (const host of [undefined, "127.0.0.1", "localhost:80", "evil.example:6443", "127.0.0.1.evil.example:6443"]) {
      assert.equal(codeFor({ host }), 403);
    }
  });

  test("refuses pages of every origin, its own included, even with the token", () => {
    for (const origin of ["https://evil.example", "null", "", "https://localhost:1", "https://localhost:6443"])
      assert.equal(codeFor({ origin }), 403);
  });

  test("refuses what a browser says comes from another site", () => {
    for (const site of ["cross-site", "same-site"]) assert.equal(codeFor({ "sec-fetch-site": site }), 403);
    for (const site of ["same-origin", "none"]) assert.equal(codeFor({ "sec-fetch-site": site }), undefined);
  });

  test("without a token lets in everybody on this machine, but no page", () => {
    const open = createGuard({ token: undefined, port: 6443 });

    assert.equal(open.refusal({ host: "localhost:6443" }), undefined);
    assert.equal(open.refusal({ host: "localhost:6443", origin: "https://evil.example" })?.status.code, 403);
    assert.equal(open.refusal({ host: "evil.example:6443" })?.status.code, 403);
  });
});
