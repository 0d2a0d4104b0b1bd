import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Capabilities, EventKey } from "#sandbox/sandbox.ts";
import { type EngineUnderTest, onEachEngine } from "../../support/on-each-engine.ts";
import { pool } from "../../support/sandbox-rig.ts";

const URL_OF_ALL = "https://hooks.example.com/x";
const MIB = 2 ** 20;

/** A program whose `fetch` is answered by `host`. */
async function fetching(t: TestContext, { serve }: EngineUnderTest, host: (request: unknown) => unknown) {
  const asked: { readonly request: unknown; readonly event: EventKey | undefined; readonly signal: AbortSignal }[] = [];
  const call: Capabilities["call"] = async (method, [request], event, signal) => {
    assert.equal(method, "fetch");
    asked.push({ request, event, signal });
    return JSON.stringify((await host(request)) ?? null);
  };
  const served = await serve(await pool(t), "fetch-actions", { call });
  const result = async (action: string): Promise<unknown> => {
    const end = await served.run(action);
    if (end.type !== "returned") throw new Error(`"${action}" ended as ${JSON.stringify(end)}`);
    return served.logs.at(-1)?.fields["result"];
  };
  return { ...served, asked, result };
}

function answer(body = ""): object {
  return {
    url: URL_OF_ALL,
    redirected: false,
    status: 200,
    statusText: "OK",
    headers: [["content-type", "text/plain"]],
    body: Buffer.from(body).toString("base64"),
  };
}

/** An error as a broker throws it. */
function refusal(name: string, message: string, code?: string): Error {
  return Object.assign(new Error(message), { name, code });
}

onEachEngine("fetch between handler and host", (engine) => {
  test("a fetch reaches the host as one call, in plain words", async (t) => {
    const { asked, result } = await fetching(t, engine, () => answer());
    assert.equal(await result("sends"), 200);
    await result("sends nothing but a URL");
    const headers = [
      ["a", "2"],
      ["b", "1"],
      ["content-type", "text/plain;charset=UTF-8"],
    ];
    assert.deepEqual(
      asked.map(({ request }) => request),
      [
        { url: URL_OF_ALL, method: "POST", headers, body: "w7w=", redirect: "error" },
        { url: URL_OF_ALL, method: "GET", headers: [], redirect: "follow" },
      ],
    );
  });

  test("a refused fetch rejects with NotAllowedError, and one that nobody catches is permanent", async (t) => {
    const { run, result } = await fetching(t, engine, () => {
      throw refusal("NotAllowedError", "add it to allow.fetch", "NOT_ALLOWED");
    });
    assert.deepEqual(await result("fails"), {
      name: "NotAllowedError",
      message: "add it to allow.fetch",
      code: "NOT_ALLOWED",
      isTypeError: false,
    });
    const end = await run("throws");
    assert.equal(end.type === "threw" && end.permanent, true);
  });

  test("a host that was not reached is a TypeError with a cause, thrown where the handler stands", async (t) => {
    const { run, result } = await fetching(t, engine, () => {
      throw refusal("TypeError", "fetch failed: h (ECONNREFUSED)", "ECONNREFUSED");
    });
    assert.deepEqual(await result("fails"), {
      name: "TypeError",
      message: "fetch failed: h (ECONNREFUSED)",
      code: "ECONNREFUSED",
      cause: ["fetch failed: h (ECONNREFUSED)", "ECONNREFUSED"],
      isTypeError: true,
    });
    const end = await run("throws");
    assert.equal(end.type === "threw" && end.permanent, false);
    assert.equal(end.type === "threw" && end.error.at?.file, "fetch-actions.ts");
    assert.equal(end.type === "threw" && end.error.code, "ECONNREFUSED");
  });

  test("a fetch that the host ended is an AbortError", async (t) => {
    const { result } = await fetching(t, engine, () => {
      throw refusal("AbortError", "the deadline has passed");
    });
    assert.deepEqual(await result("fails"), {
      name: "AbortError",
      message: "the deadline has passed",
      code: 20,
      isTypeError: false,
    });
  });

  test("a failed fetch that nobody awaits is logged as unhandled", async (t) => {
    const { run, logs } = await fetching(t, engine, () => {
      throw refusal("TypeError", "fetch failed: no such host", "ENOTFOUND");
    });
    await run("forgets");
    while (logs.length === 0) await run("forgets");
    assert.equal(logs[0]?.message, "unhandled error");
    assert.match(String(logs[0]?.fields["error"]), /TypeError: fetch failed: no such host/);
  });

  test("a URL with credentials is for the host to refuse", async (t) => {
    const { asked, result } = await fetching(t, engine, () => {
      throw refusal("NotAllowedError", "credentials", "NOT_ALLOWED");
    });
    assert.partialDeepStrictEqual(await result("sends credentials in the URL"), { name: "NotAllowedError" });
    assert.equal(asked.length, 1);
  });

  test("an answer that no handler could make is passed on as it came", async (t) => {
    const { result } = await fetching(t, engine, () => ({ ...answer(), status: 999, statusText: "N\u0001" }));
    assert.equal(await result("sends"), 999);
  });

  test("an integrity is not silently left unchecked", async (t) => {
    const { asked, result } = await fetching(t, engine, () => answer());
    assert.partialDeepStrictEqual(await result("wants an integrity"), { name: "TypeError" });
    assert.equal(asked.length, 0);
  });

  test("4 MiB go out and come back within the default memory", async (t) => {
    const text = JSON.stringify("a".repeat(4 * MIB - 2));
    const { result } = await fetching(t, engine, () => answer(text));
    assert.equal((await result("sends as much as it may")) === text, true);
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(await result("reads as much as it may"), [text.length, text.length - 2]);
    }
  });

  test("a body over 4 MiB is not sent, and a stream is read no further than that", async (t) => {
    const { asked, result } = await fetching(t, engine, () => answer());
    const tooLarge = {
      name: "RangeError",
      message: "Cannot fetch: the body of the request has more than 4 MiB, which is the limit",
      code: "TOO_LARGE",
    };
    assert.partialDeepStrictEqual(await result("sends too much text"), tooLarge);
    assert.partialDeepStrictEqual(await result("sends an endless stream"), [tooLarge, 5, true]);
    assert.equal(asked.length, 0);
  });

  test("an aborted fetch rejects at once, ends at the host, and what that answers later is nobody's", async (t) => {
    const held = Promise.withResolvers<object>();
    const { result, run, logs, asked } = await fetching(t, engine, () => held.promise);
    assert.partialDeepStrictEqual(await result("aborts and returns"), { name: "AbortError", code: 20 });
    assert.match(String(asked[0]?.signal.reason), /the handler has cancelled it/);
    held.reject(refusal("TypeError", "fetch failed: late", "ETIMEDOUT"));
    await run("waits with another", 50);
    assert.deepEqual(
      logs.filter(({ level }) => level === "error"),
      [],
    );
  });

  test("aborted fetches leave room for others", async (t) => {
    const { result, asked } = await fetching(t, engine, () => new Promise(() => {}));
    assert.deepEqual(await result("aborts often"), ["AbortError"]);
    assert.equal(asked.length, 200);
  });

  test("a fetch with the run's signal ends at the deadline", async (t) => {
    const { run, logs, asked } = await fetching(t, engine, () => new Promise(() => {}));
    assert.equal((await run("heeds its signal", 200)).type, "timedOut");
    assert.partialDeepStrictEqual(logs.at(-1)?.fields["result"], { message: "the deadline has passed" });
    assert.equal(asked[0]?.signal.aborted, true);
  });

  test("the global fetch belongs to the only run in flight, and to none when there are several", async (t) => {
    const { run, result, asked } = await fetching(t, engine, () => answer());
    await result("sends");
    const waiting = run("waits with another");
    await run("fetches beside another");
    assert.equal((await waiting).type, "returned");
    assert.deepEqual(
      asked.map(({ event }) => event?.name),
      ["sends", undefined],
    );
  });

  test("a fetch of no run in particular ends with its process", async (t) => {
    const reached = Promise.withResolvers<void>();
    const { sandbox, run, asked } = await fetching(t, engine, () => {
      reached.resolve();
      return new Promise(() => {});
    });
    void run("waits with another");
    void run("fetches beside another");
    await reached.promise;
    assert.deepEqual([asked[0]?.event, asked[0]?.signal.aborted], [undefined, false]);
    await sandbox.stop();
    assert.equal(asked[0]?.signal.aborted, true);
  });

  test("the fetch of a context is of no use after its event", async (t) => {
    const { asked, result } = await fetching(t, engine, () => answer());
    await result("fetches with a context that is over");
    assert.partialDeepStrictEqual(await result("fetches with a context that is over"), { code: "EVENT_OVER" });
    assert.equal(asked.length, 1);
  });

  test("nothing is fetched while a file is loaded", async (t) => {
    const { asked, result } = await fetching(t, engine, () => answer());
    const message = "Cannot call fetch while the file is loaded: call it in the handler";
    assert.deepEqual(await result("what it got when its file was loaded"), ["Error", message]);
    assert.equal(asked.length, 0);
  });
});
