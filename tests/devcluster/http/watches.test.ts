import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { suite, test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { WatchEvent } from "#devcluster/operations/api-operations.ts";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { settle } from "../../support/fake-clock.ts";

const PATH = "/api/v1/namespaces/shop/configmaps?watch=1";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

function configMap(name: string, data = "b"): ApiObject {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, resourceVersion: "8" }, data: { a: data } };
}

function added(name: string): WatchEvent {
  return { type: "ADDED", object: configMap(name) };
}

function emit(rig: ApiServerRig, ...events: readonly WatchEvent[]): void {
  for (const sink of rig.operations.sinks) for (const event of events) sink.event(event);
}

function end(rig: ApiServerRig): void {
  for (const sink of rig.operations.sinks) sink.end();
}

async function linesOf(response: IncomingMessage): Promise<readonly unknown[]> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  assert.ok(text === "" || text.endsWith("\n"));
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

suite("a watch", () => {
  test("answers with its headers before anything happens", async () => {
    await using rig = await ApiServerRig.start();

    const { statusCode, headers } = await rig.open(PATH);

    assert.equal(statusCode, 200);
    assert.equal(headers["transfer-encoding"], "chunked");
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["cache-control"], "no-cache, private");
  });

  test("writes each event as a line, and ends cleanly", async () => {
    await using rig = await ApiServerRig.start();
    const response = await rig.open(PATH);

    const gone = { kind: "Status", code: 410 };
    emit(rig, added("a"), { type: "DELETED", object: configMap("a") }, { type: "ERROR", object: gone });
    end(rig);

    assert.deepEqual(await linesOf(response), [
      { type: "ADDED", object: configMap("a") },
      { type: "DELETED", object: configMap("a") },
      { type: "ERROR", object: gone },
    ]);
  });

  test("begins with what the operations tell while it opens", async () => {
    await using rig = await ApiServerRig.start();
    rig.operations.objects.set("a", configMap("a"));
    rig.operations.objects.set("b", configMap("b"));

    const response = await rig.open(PATH);
    end(rig);

    assert.deepEqual(await linesOf(response), [added("a"), added("b")]);
  });

  test("may begin with more than a slow client may leave unread", async () => {
    await using rig = await ApiServerRig.start();
    const names = Array.from({ length: 5000 }, (_, index) => `a${index}`);
    for (const name of names) rig.operations.objects.set(name, configMap(name, "b".repeat(1000)));

    const response = await rig.open(PATH);
    end(rig);

    assert.equal((await linesOf(response)).length, names.length);
  });

  test("is never compressed", async () => {
    await using rig = await ApiServerRig.start();

    const { headers } = await rig.open(PATH, { headers: { "accept-encoding": "gzip" } });

    assert.equal(headers["content-encoding"], undefined);
  });

  test("as tables says the columns in the first event only", async () => {
    await using rig = await ApiServerRig.start();
    const response = await rig.open(PATH, { headers: { accept: TABLE } });

    emit(rig, added("a"), added("b"));
    end(rig);

    const lines = (await linesOf(response)) as { object: { columnDefinitions: unknown; rows: { cells: unknown }[] } }[];
    assert.deepEqual(
      lines.map(({ object }) => object.columnDefinitions),
      [[{ name: "Name", type: "string" }], null],
    );
    assert.deepEqual(
      lines.map(({ object }) => object.rows.map(({ cells }) => cells)),
      [[["a"]], [["b"]]],
    );
  });

  test("as metadata carries nothing else", async () => {
    await using rig = await ApiServerRig.start();
    const accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    const response = await rig.open(PATH, { headers: { accept } });

    emit(rig, added("a"));
    end(rig);

    const metadata = { name: "a", resourceVersion: "8" };
    assert.deepEqual(await linesOf(response), [
      { type: "ADDED", object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata } },
    ]);
  });

  test("lets go of the operations when the client is gone", async () => {
    await using rig = await ApiServerRig.start();
    const response = await rig.open(PATH);
    assert.equal(rig.operations.sinks.size, 1);

    response.on("error", () => {}).destroy();
    while (rig.operations.sinks.size > 0) await settle();

    assert.equal(rig.operations.sinks.size, 0);
  });

  test("is closed cleanly for a client that reads too slowly", async () => {
    await using rig = await ApiServerRig.start();
    const response = await rig.open(PATH);
    const event: WatchEvent = { type: "ADDED", object: configMap("a", "b".repeat(100_000)) };

    // The sockets' own buffers take the first megabytes.
    for (let rounds = 0; rig.operations.sinks.size > 0 && rounds < 1000; rounds++) {
      emit(rig, event, event, event);
      await settle();
    }

    assert.equal(rig.operations.sinks.size, 0);
    assert.ok((await linesOf(response)).length > 0);
  });

  test("tells others what one reads too slowly", async () => {
    await using rig = await ApiServerRig.start();
    const slow = await rig.open(PATH);
    const fast = linesOf(await rig.open(PATH));
    for (let i = 0; i < 200; i++) {
      emit(rig, { type: "ADDED", object: configMap(`a${i}`, "b".repeat(100_000)) });
      await settle();
    }
    end(rig);

    assert.equal((await fast).length, 200);
    slow.on("error", () => {}).destroy();
  });
});

test("an event that cannot be written ends that watch, and nobody else hears of it", async () => {
  const failure = new Error("no such row");
  const row = (): never => {
    throw failure;
  };
  await using rig = await ApiServerRig.start({ tables: () => ({ columns: [], row }) });
  const table = await rig.open(PATH, { headers: { accept: TABLE } });
  const others = linesOf(await rig.open(PATH));

  assert.doesNotThrow(() => emit(rig, added("a")));
  end(rig);

  await assert.rejects(linesOf(table), { code: "ECONNRESET" });
  assert.deepEqual(rig.errors, [failure]);
  assert.deepEqual(await others, [added("a")]);
});

test("an event that many watch is written once for all", async () => {
  await using rig = await ApiServerRig.start();
  const responses = await Promise.all(Array.from({ length: 3 }, () => rig.open(PATH)));
  let serialised = 0;
  const object = configMap("a");
  Object.defineProperty(object, "toJSON", {
    value: () => {
      serialised++;
      return { kind: "ConfigMap" };
    },
  });

  emit(rig, { type: "ADDED", object });
  await Promise.all(responses.map((response) => once(response, "data")));

  // The rig's sinks are given the same event.
  assert.equal(serialised, 1);
});
