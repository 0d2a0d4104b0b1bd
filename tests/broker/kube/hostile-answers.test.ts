/** What an API server, or whoever answers in its place, can send: the handler gets an error, and the host's memory stays as it was. */
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createCapabilities } from "#broker/capabilities.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { systemClock } from "#kernel/clock.ts";
import { createCluster } from "#kubernetes/cluster.ts";
import { fakeCatalog } from "../../support/api-resources.ts";
import { cacheOf, EVENT } from "../../support/brokered-handler.ts";
import { clusterConfig } from "../../support/cluster-builders.ts";
import { EVERYTHING } from "../../support/kube-calls.ts";
import { type Answer, json, ScriptedServer } from "../../support/scripted-server.ts";
import { quietBroker } from "../../support/quiet-broker.ts";

const MIB = 2 ** 20;
/** Wide: the garbage collector takes its time. The bodies below are larger by far. */
const MAX_GROWTH_BYTES = 96 * MIB;
const BLOCK = Buffer.alloc(MIB, " ");
/** 200 KiB that are 200 MiB. */
const GZIP_BOMB = gzipSync(Buffer.alloc(200 * MIB));
const DEEP = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

interface Outcome {
  readonly error: unknown;
  readonly grownBytes: number;
  readonly requests: number;
}

/** Has a handler ask a server that answers in this way. */
async function ask(
  answer: Answer,
  method: "get" | "list" | "patch" = "get",
  deadline = new AbortController(),
): Promise<Outcome> {
  await using server = await ScriptedServer.start([answer]);
  const cluster = createCluster({ config: clusterConfig(`http://127.0.0.1:${server.port}`) });
  const resolution = resolveOptions("pods", EVERYTHING);
  assert.ok(resolution.type === "ok");
  const { options } = resolution;
  const { signal } = new AbortController();
  const capabilities = createCapabilities(
    {
      objects: cluster.objects,
      catalog: fakeCatalog(),
      clock: systemClock,
      ...quietBroker(),
      signal,
    },
    { id: "h", options, cache: cacheOf([]), listers: {} },
  );
  const args = method === "list" ? ["pods"] : ["pods", { name: "a" }, {}];
  const before = process.memoryUsage().rss;
  const error: unknown = await capabilities.call(`kube.${method}`, args, EVENT, deadline.signal).then(
    () => undefined,
    (error: unknown) => error,
  );
  const grownBytes = process.memoryUsage().rss - before;
  await cluster.close();
  return { error, grownBytes, requests: server.requests.length };
}

/** So many MiB of spaces, as fast as they are read; `Infinity`: without an end. */
function pour(mebibytes: number, code = 200): Answer {
  return (response) => {
    response.writeHead(code, { "content-type": "application/json" });
    pourInto(response, mebibytes);
  };
}

function pourInto(response: ServerResponse, left: number): void {
  if (response.destroyed) return;
  if (left <= 0) return void response.end("{}");
  if (response.write(BLOCK)) setImmediate(() => pourInto(response, left - 1));
  else response.once("drain", () => pourInto(response, left - 1));
}

const tooLong = /the API server's answer is unreadable \(it is longer than 8 MiB; ask for less\)$/;
const tooDeep = /the API server's answer is unreadable \(it is nested more than 1000 deep\)$/;
const noJson = /the API server's answer is unreadable \(it is no JSON\)$/;

suite("a hostile answer to a handler's request", () => {
  const ANSWERS: readonly (readonly [string, Answer, { readonly code: string | number; readonly message: RegExp }])[] =
    [
      ["of 200 MiB", pour(200), { code: "MALFORMED_ANSWER", message: tooLong }],
      ["that never ends", pour(Infinity), { code: "MALFORMED_ANSWER", message: tooLong }],
      ["that is a refusal of 200 MiB", pour(200, 422), { code: 422, message: /the API server answered HTTP_422$/ }],
      ["that is a refusal without an end", pour(Infinity, 403), { code: 403, message: /HTTP_403$/ }],
      [
        "that is a gzip bomb, which nobody asked for",
        (response) => {
          response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
          response.end(GZIP_BOMB);
        },
        { code: "MALFORMED_ANSWER", message: noJson },
      ],
      [
        "with a flood of headers",
        (response) => {
          response.writeHead(200, Array.from({ length: 2_000 }, (_, i) => [`x-header-${i}`, "x".repeat(100)]).flat());
          response.end("{}");
        },
        { code: "UND_ERR_HEADERS_OVERFLOW", message: /the API server is unreachable/ },
      ],
      [
        "that is JSON of 10,000 levels",
        (response) => response.end(DEEP),
        { code: "MALFORMED_ANSWER", message: tooDeep },
      ],
      [
        "that is a refusal of 10,000 levels",
        (response) => response.writeHead(409).end(`{"kind":"Status","reason":"Conflict","details":{"causes":${DEEP}}}`),
        { code: 409, message: /the API server answered Conflict$/ },
      ],
      ["that is no JSON", (response) => response.end("<html>"), { code: "MALFORMED_ANSWER", message: noJson }],
      ["that is empty", (response) => response.end(), { code: "MALFORMED_ANSWER", message: noJson }],
      [
        "that sends it elsewhere",
        (response) => response.writeHead(307, { location: "http://169.254.169.254/" }).end(),
        { code: 307, message: /HTTP_307$/ },
      ],
      [
        "that wants it back in a thousand years",
        json({}, 429, { "retry-after": "999999" }),
        { code: 429, message: /HTTP_429|\{\}/ },
      ],
    ];

  for (const [what, answer, expected] of ANSWERS) {
    test(`${what} is an error for the handler, and no memory of the host`, async () => {
      const { error, grownBytes, requests } = await ask(answer);
      assert.ok(error instanceof Error && "code" in error, "there is no error");
      assert.match(error.message, expected.message);
      assert.equal(error.code, expected.code);
      assert.ok(grownBytes < MAX_GROWTH_BYTES, `${Math.round(grownBytes / MIB)} MiB more`);
      assert.equal(requests, 1);
    });
  }

  test("of 200 MiB to a write is an error too", async () => {
    const { error } = await ask(pour(200), "patch");
    assert.ok(error instanceof Error);
    assert.match(error.message, tooLong);
  });

  test("that trickles on ends with the run", async () => {
    const deadline = new AbortController();
    const trickle: Answer = (response) => {
      response.write("{");
      setImmediate(() => deadline.abort(new Error("the deadline has passed")));
    };
    const { error } = await ask(trickle, "get", deadline);
    assert.ok(error instanceof Error);
    assert.equal(error.message, "the deadline has passed");
  });

  for (const items of [null, "x", { length: 1e9 }, [null, 1, "x", [{}]]]) {
    test(`whose items are ${JSON.stringify(items)} lists no objects`, async () => {
      assert.equal((await ask(json({ kind: "PodList", items }), "list")).error, undefined);
    });
  }
});
