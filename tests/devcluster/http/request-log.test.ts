import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { RequestLog } from "#devcluster/http/request-log.ts";
import { requestInfo } from "#devcluster/http/request/request-info.ts";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";

function begin(log: RequestLog, path: string): ReturnType<RequestLog["begin"]> {
  return log.begin({ info: requestInfo("GET", path, new URLSearchParams()), query: "", userAgent: "" });
}

suite("the request log", () => {
  test("says what was asked by whom, and what came of it", async () => {
    await using rig = await ApiServerRig.start();

    await rig.ask(`${CONFIG_MAPS}/a?pretty=1`, { headers: { "user-agent": "tool/1" } });

    const [{ startMs, endMs, ...entry } = assert.fail()] = rig.server.requests();
    assert.deepEqual(entry, {
      verb: "get",
      method: "GET",
      path: `${CONFIG_MAPS}/a`,
      query: "pretty=1",
      userAgent: "tool/1",
      status: 404,
      body: undefined,
    });
    assert.ok(endMs !== undefined && endMs >= startMs);
  });

  test("has an end only when the answer is over", async () => {
    const clock = new FakeClock(1000);
    const log = new RequestLog({ clock });
    const entry = begin(log, "/healthz");

    await clock.advance(5);
    assert.equal(log.requests()[0]?.endMs, undefined);
    entry.end(200);

    assert.equal(log.requests()[0]?.startMs, 1000);
    assert.equal(log.requests()[0]?.endMs, 1005);
    assert.equal(log.requests()[0]?.status, 200);
  });

  test("keeps bodies only when asked to", async () => {
    await using rig = await ApiServerRig.start({}, { log: { keepBodies: true } });
    const body = '{"metadata":{"name":"a"}}';

    await rig.ask(CONFIG_MAPS, { method: "POST", body });

    assert.equal(Buffer.from(rig.server.requests()[0]?.body ?? []).toString(), body);
  });

  test("forgets the oldest", () => {
    const log = new RequestLog({ clock: new FakeClock() }, { limit: 3 });

    for (let i = 0; i < 20; i++) begin(log, `/${i}`);

    assert.deepEqual(
      log.requests().map(({ path }) => path),
      ["/17", "/18", "/19"],
    );
  });

  test("has requests that the guard refuses, too", async () => {
    await using rig = await ApiServerRig.start();

    await rig.ask(CONFIG_MAPS, { headers: { authorization: "Bearer wrong" } });

    assert.equal(rig.server.requests()[0]?.status, 401);
  });
});
