/** One small JSON document from a web server: fetched by a handler through its sandbox and the broker, and by the host itself. */
import { Agent, request } from "undici";
import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { systemClock } from "#kernel/clock.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { fakeCatalog, PODS } from "../tests/support/api-resources.ts";
import { FakeObjectClient } from "../tests/support/brokered-handler.ts";
import { quietBroker } from "../tests/support/quiet-broker.ts";
import { WebServer } from "../tests/support/web-server.ts";
import { CallingHandler } from "./calling-handler.ts";
import type { BenchOptions } from "./options.ts";
import { compareRoundTrips } from "./round-trips.ts";

const FETCHES = 100;
const HOST = "bench.example";
const DOCUMENT = JSON.stringify({ text: "x".repeat(1_000) });
const NEVER = new AbortController().signal;
const NAMES = { handler: "`fetch` of a handler, with its `json()`", direct: "the same request by the host" };

export async function fetchBench({ rounds = 20 }: BenchOptions): Promise<string> {
  await using server = await WebServer.open((_request, response) => response.end(DOCUMENT));
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const network = toLoopback();
  const agent = new Agent();
  try {
    const deps = { ...quietBroker(), network, ...NO_CLUSTER, clock: systemClock, signal: NEVER };
    const call = `await (await fetch("http://${HOST}:${server.port}/")).json();`;
    const allow = { fetch: [`http://${HOST}:${server.port}`] };
    const handler = await CallingHandler.open(pool, deps, { resource: PODS, allow, call, calls: FETCHES });
    const options = { rounds, calls: FETCHES, pauseMs: 0, what: "fetches of a document of 1 KB", names: NAMES };
    const url = `http://127.0.0.1:${server.port}/`;
    return await compareRoundTrips(
      () => handler.run(),
      () => fetchDirectly(agent, url),
      options,
    );
  } finally {
    await pool.close();
    await network.close();
    await agent.close();
  }
}

const NO_CLUSTER = { objects: new FakeObjectClient(), catalog: fakeCatalog() };

/** Where no handler may go otherwise. */
function toLoopback(): FetchNetwork {
  const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
  const options = { apiServers: [], proxies: { https: "", http: "", except: "" } };
  return new FetchNetwork({ clock: systemClock, resolve, classOf: () => "public" }, options);
}

async function fetchDirectly(dispatcher: Agent, url: string): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < FETCHES; i++) {
    const startedAt = performance.now();
    const { body } = await request(url, { dispatcher });
    await body.json();
    taken.push(performance.now() - startedAt);
  }
  return taken;
}
