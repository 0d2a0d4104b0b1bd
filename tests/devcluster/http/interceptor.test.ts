import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { suite, test } from "node:test";
import type { Interception, InterceptedRequest, ResponseStream } from "#devcluster/http/interceptor.ts";
import type { WatchEvent } from "#devcluster/operations/api-operations.ts";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";

const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";
const EVENT: WatchEvent = {
  type: "ADDED",
  object: { kind: "ConfigMap", apiVersion: "v1", metadata: { name: "a" } },
};
const LINE = `${JSON.stringify(EVENT)}\n`;

function startWith(interception: Interception, clock = {}): Promise<ApiServerRig> {
  return ApiServerRig.start({ interceptor: { intercept: () => interception }, ...clock });
}

function emit(rig: ApiServerRig, event = EVENT): void {
  for (const sink of rig.operations.sinks) sink.event(event);
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** A wrapper that changes one thing. */
function wrapping(change: (stream: ResponseStream) => Partial<ResponseStream>): Interception {
  return {
    wrap: (stream) => ({
      write: (bytes, event) => stream.write(bytes, event),
      end: () => stream.end(),
      hangUp: (reset) => stream.hangUp(reset),
      ...change(stream),
    }),
  };
}

suite("an interceptor", () => {
  test("sees what each request is about", async () => {
    const seen: InterceptedRequest[] = [];
    await using rig = await ApiServerRig.start({ interceptor: { intercept: (request) => void seen.push(request) } });

    await rig.ask(`${CONFIG_MAPS}?limit=5`, { headers: { "user-agent": "tool/1" } });

    const [{ info, query, userAgent } = assert.fail()] = seen;
    assert.equal(info.verb, "list");
    assert.equal(query.get("limit"), "5");
    assert.equal(userAgent, "tool/1");
    assert.equal(rig.operations.calls.length, 1);
  });

  test("does not see requests that the guard refuses", async () => {
    let seen = 0;
    await using rig = await ApiServerRig.start({ interceptor: { intercept: () => void seen++ } });

    await rig.ask(CONFIG_MAPS, { headers: { authorization: "Bearer wrong" } });

    assert.equal(seen, 0);
  });

  test("that fails is a 500, and is reported", async () => {
    await using rig = await ApiServerRig.start({
      interceptor: {
        intercept: () => {
          throw new Error("boom");
        },
      },
    });

    assert.equal((await rig.ask(CONFIG_MAPS)).code, 500);
    assert.equal(rig.errors.length, 1);
  });

  test("answers in the server's place", async () => {
    const answer = { type: "status", code: 503, headers: { "retry-after": "1" }, body: "later" } as const;
    await using rig = await startWith({ answer });

    const { code, headers, text } = await rig.ask(CONFIG_MAPS);

    assert.deepEqual([code, headers["retry-after"], text], [503, "1", "later"]);
    assert.deepEqual(rig.operations.calls, []);
  });

  for (const tls of [true, false]) {
    test(`resets the connection with a RST, ${tls ? "under TLS too" : "in plain HTTP"}`, async () => {
      const interceptor = { intercept: (): Interception => ({ answer: { type: "hang-up", reset: true } }) };
      await using rig = await ApiServerRig.start({ interceptor }, { tls });

      await assert.rejects(rig.ask(CONFIG_MAPS), { code: "ECONNRESET", message: "read ECONNRESET" });
    });
  }

  test("closes the connection without an answer", async () => {
    await using rig = await startWith({ answer: { type: "hang-up", reset: false } });

    await assert.rejects(rig.ask(CONFIG_MAPS), { message: "socket hang up" });
  });

  test("never answers, until the server is closed", async () => {
    await using rig = await startWith({ answer: { type: "stall" } });
    const asked = rig.ask(CONFIG_MAPS);
    while (rig.server.requests().length === 0) await settle();

    assert.equal(rig.server.requests()[0]?.status, undefined);
    await rig.server.close();
    await assert.rejects(asked);
  });

  test("delays an answer by its clock", async () => {
    const clock = new FakeClock();
    await using rig = await startWith({ delayMs: 5000 }, { clock });
    const asked = rig.ask(CONFIG_MAPS);
    while (clock.pending.length === 0) await settle();

    assert.deepEqual(rig.operations.calls, []);
    await clock.advance(5000);

    assert.equal((await asked).code, 200);
  });

  test("does nothing after a delay that the client did not wait for", async () => {
    const clock = new FakeClock();
    const rig = await startWith({ delayMs: 5000 }, { clock });
    const asked = rig.ask(CONFIG_MAPS);
    while (clock.pending.length === 0) await settle();

    await rig.server.close();
    await assert.rejects(asked);

    assert.deepEqual(clock.pending, []);
    assert.deepEqual(rig.operations.calls, []);
    assert.deepEqual(rig.errors, []);
  });

  test("cuts an answer in the middle", async () => {
    const interception = wrapping((stream) => ({
      write(bytes) {
        stream.write(bytes.subarray(0, 10));
        setImmediate(() => stream.hangUp(false));
      },
      end() {},
    }));
    await using rig = await startWith(interception);

    await assert.rejects(rig.ask(CONFIG_MAPS), { code: "ECONNRESET" });
  });

  test("skips and repeats events of a watch, and writes what it likes", async () => {
    const interception = wrapping((stream) => ({
      write(bytes, event) {
        if (event?.type === "DELETED") return;
        stream.write(bytes, event);
        stream.write(Buffer.from("not JSON\n"));
        stream.write(bytes, event);
      },
    }));
    await using rig = await startWith(interception);
    const response = await rig.open(`${CONFIG_MAPS}?watch=1`);

    emit(rig, { ...EVENT, type: "DELETED" });
    emit(rig);
    for (const sink of rig.operations.sinks) sink.end();

    assert.equal(await textOf(response), `${LINE}not JSON\n${LINE}`);
  });

  test("splits events of a watch into chunks", async () => {
    const interception = wrapping((stream) => ({
      write(bytes) {
        stream.write(bytes.subarray(0, 7));
        setImmediate(() => stream.write(bytes.subarray(7)));
      },
    }));
    await using rig = await startWith(interception);
    const response = await rig.open(`${CONFIG_MAPS}?watch=1`);

    emit(rig);

    assert.equal(String((await once(response, "data"))[0]), LINE.slice(0, 7));
    assert.equal(String((await once(response, "data"))[0]), LINE.slice(7));
  });

  test("resets a watch in the middle of a line, and the operations are let go", async () => {
    const interception = wrapping((stream) => ({
      write(bytes) {
        stream.write(bytes.subarray(0, 7));
        setImmediate(() => stream.hangUp(true));
      },
    }));
    await using rig = await startWith(interception);
    const response = await rig.open(`${CONFIG_MAPS}?watch=1`);

    emit(rig);

    await assert.rejects(textOf(response), { code: "ECONNRESET" });
    while (rig.operations.sinks.size > 0) await settle();
  });

  test("leaves a watch half open: nothing is said any more", async () => {
    const interception = wrapping(() => ({ write() {}, end() {} }));
    await using rig = await startWith(interception);
    const response = await rig.open(`${CONFIG_MAPS}?watch=1`);
    let heard = 0;
    response
      .on("data", () => heard++)
      .on("end", () => heard++)
      .on("error", () => {});

    emit(rig);
    for (const sink of rig.operations.sinks) sink.end();
    for (let turn = 0; turn < 20; turn++) await settle();

    assert.equal(heard, 0);
  });
});
