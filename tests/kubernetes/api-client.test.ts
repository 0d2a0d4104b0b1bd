import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "../support/api-client-bench.ts";
import { type FakeClock, settle } from "../support/fake-clock.ts";
import { cutOff, hangUp, json, status } from "../support/scripted-server.ts";

/** Lets real sockets and the fake clock take turns until the promise settles. Returns how much time the clock was advanced. */
async function advanceUntilSettled(clock: FakeClock, promise: Promise<unknown>): Promise<number> {
  const waiting = new Set([promise]);
  const settled = (): void => waiting.clear();
  promise.then(settled, settled);
  let waitedMs = 0;
  while (waiting.size > 0) {
    const next = clock.pending[0];
    if (next === undefined) await settle();
    else {
      waitedMs += next;
      await clock.advance(next);
    }
  }
  return waitedMs;
}

test("a request carries the bearer token, asks for JSON and for nothing compressed", async () => {
  await using bench = await startClient([json({ a: 1 })]);
  assert.equal(await bench.send(), '{"a":1}');
  const { headers } = bench.server.requests[0] ?? assert.fail();
  assert.equal(headers.authorization, "Bearer secret");
  assert.equal(headers.accept, "application/json");
  assert.equal(headers["user-agent"], "informd");
  assert.equal(headers["accept-encoding"], undefined);
});

test("requests in turn share one connection", async () => {
  await using bench = await startClient([json({})]);
  for (let i = 0; i < 3; i++) {
    await bench.send();
    // undici gives a connection back one turn of the event loop after the answer.
    await settle();
  }
  assert.equal(new Set(bench.server.requests.map(({ socket }) => socket)).size, 1);
});

test("a server below a path is asked below that path", async () => {
  await using bench = await startClient([json({})], undefined, "/k8s/clusters/c-1");
  await bench.send();
  assert.deepEqual(bench.server.lines, ["GET /k8s/clusters/c-1/api/v1/pods"]);
});

test("a Status becomes a failure with its reason", async () => {
  await using bench = await startClient([status(403, "Forbidden")]);
  assert.deepEqual(await bench.send(), {
    type: "status",
    code: 403,
    reason: "Forbidden",
    message: "Forbidden!",
    causes: [],
    retryAfterSeconds: undefined,
  });
});

test("an error page of a proxy becomes a failure with its text", async () => {
  await using bench = await startClient([(response) => response.writeHead(502).end("<h1>Bad Gateway</h1>")]);
  const failure = await bench.send();
  assert.ok(typeof failure === "object" && failure.type === "status");
  assert.equal(failure.code, 502);
  assert.equal(failure.message, "<h1>Bad Gateway</h1>");
});

for (const code of [429, 500, 503, 504]) {
  test(`a ${code} with Retry-After: 2 is sent again after 2 s`, async () => {
    await using bench = await startClient([status(code, "Busy", { "retry-after": "2" }), json({ ok: true })]);
    const answer = bench.send();
    assert.equal(await advanceUntilSettled(bench.clock, answer), 2_000);
    assert.equal(await answer, '{"ok":true}');
    assert.equal(bench.server.requests.length, 2);
  });
}

for (const code of [429, 503])
  test(`a POST is sent again too when the server says when: ${code}`, async () => {
    await using bench = await startClient([status(code, "Busy", { "retry-after": "1" }), json({})]);
    const answer = bench.send("POST");
    await advanceUntilSettled(bench.clock, answer);
    assert.deepEqual(
      bench.server.requests.map(({ body }) => body),
      ["{}", "{}"],
    );
  });

for (const code of [500, 504]) {
  test(`a POST is not sent again after a ${code} with Retry-After: it may be done already`, async () => {
    await using bench = await startClient([status(code, "ServerTimeout", { "retry-after": "1" })]);
    await bench.send("POST");
    assert.equal(bench.server.requests.length, 1);
  });
}

test("an eviction that a PodDisruptionBudget stands against is not sent again", async () => {
  const details = { causes: [{ reason: "DisruptionBudget", message: "needs 1" }], retryAfterSeconds: 10 };
  const refusal = { kind: "Status", code: 429, reason: "TooManyRequests", message: "no", details };
  await using bench = await startClient([json(refusal, 429, { "retry-after": "10" })]);
  const failure = await bench.send("POST");
  assert.ok(typeof failure === "object" && failure.type === "status");
  assert.deepEqual(failure.details, details);
  assert.equal(bench.server.requests.length, 1);
});

test("the details of a Status are cut to 32 causes and to texts of 1,024 characters", async () => {
  const cause = { reason: "FieldValueInvalid", message: "x".repeat(5_000), field: "spec" };
  const details = {
    name: "a",
    kind: "Pod",
    retryAfterSeconds: 0,
    causes: Array.from({ length: 100 }, () => cause),
    secret: "s",
  };
  await using bench = await startClient([json({ kind: "Status", details }, 422)]);
  const failure = await bench.send();
  assert.ok(typeof failure === "object" && failure.type === "status");
  const { causes, ...rest } = failure.details ?? assert.fail();
  assert.deepEqual(rest, { name: "a", kind: "Pod" });
  assert.deepEqual(
    causes,
    Array.from({ length: 32 }, () => ({ ...cause, message: "x".repeat(1_024) })),
  );
});

test("the details of a Status do not quote the credential", async () => {
  const details = { name: "a", causes: [{ message: "Bearer secret is not valid" }] };
  await using bench = await startClient([json({ kind: "Status", details }, 401)]);
  const failure = await bench.send();
  assert.ok(typeof failure === "object" && failure.type === "status");
  assert.deepEqual(failure.details?.causes, [{ message: "[withheld] is not valid" }]);
});

test("a request is sent again at most ten times", async () => {
  await using bench = await startClient([status(429, "TooManyRequests", { "retry-after": "1" })]);
  const answer = bench.send();
  assert.equal(await advanceUntilSettled(bench.clock, answer), 10_000);
  assert.equal(bench.server.requests.length, 11);
  const failure = await answer;
  assert.ok(typeof failure === "object" && failure.type === "status");
  assert.equal(failure.retryAfterSeconds, 1);
});

for (const [what, answer] of [
  ["a 503 without Retry-After", status(503, "ServiceUnavailable")],
  [
    "a Retry-After that is a date",
    status(503, "ServiceUnavailable", { "retry-after": "Wed, 25 Nov 2026 12:00:00 GMT" }),
  ],
  ["a 404 with Retry-After", status(404, "NotFound", { "retry-after": "1" })],
] as const) {
  test(`${what} is not sent again`, async () => {
    await using bench = await startClient([answer]);
    await bench.send();
    assert.equal(bench.server.requests.length, 1);
  });
}

test("a GET whose connection breaks is sent again after 1 s", async () => {
  await using bench = await startClient([hangUp, json({ ok: true })]);
  const answer = bench.send();
  assert.equal(await advanceUntilSettled(bench.clock, answer), 1_000);
  assert.equal(await answer, '{"ok":true}');
});

test("a server that breaks every connection is known after two seconds, not after ten", async () => {
  await using bench = await startClient([hangUp]);
  const answer = bench.send();
  assert.equal(await advanceUntilSettled(bench.clock, answer), 2_000);
  assert.equal(bench.server.requests.length, 3);
  const failure = await answer;
  assert.ok(typeof failure === "object" && failure.type === "unreachable");
});

test("a Retry-After of no time at all is waited for a second, and not met with a hot loop", async () => {
  await using bench = await startClient([status(429, "TooManyRequests", { "retry-after": "0" })]);
  const answer = bench.send();
  assert.equal(await advanceUntilSettled(bench.clock, answer), 10_000);
});

for (const [seconds, waitedMs] of [
  [86_400, 0],
  [12, 24_000],
] as const) {
  test(`a server that is busy for ${seconds} s each time is known after ${waitedMs / 1_000} s`, async () => {
    await using bench = await startClient([status(503, "ServiceUnavailable", { "retry-after": String(seconds) })]);
    const answer = bench.send();
    assert.equal(await advanceUntilSettled(bench.clock, answer), waitedMs);
    const failure = await answer;
    assert.ok(typeof failure === "object" && failure.type === "status");
    assert.equal(failure.retryAfterSeconds, seconds);
  });
}

test("a POST whose connection breaks is never sent again", async () => {
  await using bench = await startClient([hangUp]);
  const failure = await bench.send("POST");
  assert.ok(typeof failure === "object" && failure.type === "unreachable");
  assert.equal(bench.server.requests.length, 1);
});

test("a body that breaks off is a failure", async () => {
  await using bench = await startClient([cutOff('{"kind":')]);
  const failure = await bench.send();
  assert.ok(typeof failure === "object" && failure.type === "unreachable");
});

test("nobody listening is a failure with Node's code", async () => {
  const bench = await startClient([json({})]);
  await bench.server[Symbol.asyncDispose]();
  const failure = await bench.send();
  assert.ok(typeof failure === "object" && failure.type === "unreachable");
  assert.equal(failure.code, "ECONNREFUSED");
});

test("a wait for the next try ends at once when the signal aborts, and nothing more is sent", async () => {
  await using bench = await startClient([status(429, "TooManyRequests", { "retry-after": "20" })]);
  const stop = new AbortController();
  const answer = bench.send("GET", stop.signal);
  while (bench.clock.pending.length === 0) await settle();
  stop.abort(new Error("stopped"));
  await assert.rejects(answer, /stopped/);
  assert.deepEqual(bench.clock.pending, []);
  assert.equal(bench.server.requests.length, 1);
});

test("an answer that does not come ends at once when the signal aborts", async () => {
  await using bench = await startClient([() => {}]);
  const stop = new AbortController();
  const answer = bench.send("GET", stop.signal);
  while (bench.server.requests.length === 0) await settle();
  stop.abort(new Error("stopped"));
  await assert.rejects(answer, /stopped/);
});
