import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import { startClient } from "../support/api-client-bench.ts";
import { json, status, type Answer } from "../support/scripted-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("after a 401 the token file is read again and the next request succeeds", async () => {
  const tokenFile = join(temporaryFolder(), "token");
  writeFileSync(tokenFile, "old\n");
  const accept: Answer = (response, request) =>
    (request.headers.authorization === "Bearer new" ? json({ ok: true }) : status(401, "Unauthorized"))(
      response,
      request,
    );
  await using bench = await startClient([accept], { tokenFile });
  assert.equal(((await bench.send()) as RequestFailure).type, "status");
  writeFileSync(tokenFile, "new\n");
  await bench.clock.advance(5_000);
  assert.equal(await bench.send(), '{"ok":true}');
  assert.deepEqual(
    bench.server.requests.map(({ headers }) => headers.authorization),
    ["Bearer old", "Bearer old", "Bearer new"],
  );
});

test("a 401 without other credentials is not sent again", async () => {
  await using bench = await startClient([status(401, "Unauthorized")]);
  await bench.send();
  assert.equal(bench.server.requests.length, 1);
});
