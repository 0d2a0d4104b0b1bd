/** Something from a web server, small and large, and something large to it: fetched by a handler through its sandbox and the broker, and by the host itself. */
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

const HOST = "bench.example";
const MIB = 2 ** 20;
/** `sent` bytes go out, `received` bytes come back. */
const CASES = [
  { what: "GETs of 1 KB", sent: 0, received: 1_000, calls: 100 },
  { what: "GETs of 1 MiB", sent: 0, received: MIB, calls: 10 },
  { what: "POSTs of 1 MiB", sent: MIB, received: 0, calls: 10 },
] as const;
const NEVER = new AbortController().signal;
const NAMES = { handler: "`fetch` of a handler, with the body", direct: "the same request by the host" };

type Case = (typeof CASES)[number];

export async function fetchBench({ rounds = 20 }: BenchOptions): Promise<string> {
  await using server = await WebServer.open((request, response) => {
    request.resume().on("end", () => response.end(Buffer.alloc(Number(request.url?.slice(1)), "x")));
  });
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const network = toLoopback();
  const agent = new Agent();
  const deps = { ...quietBroker(), network, ...NO_CLUSTER, clock: systemClock, signal: NEVER };
  const allow = { fetch: [`http://${HOST}:${server.port}`] };
  try {
    const tables: string[] = [];
    for (const one of CASES) {
      const call = callOf(one, server.port);
      const { calls, what } = one;
      const handler = await CallingHandler.open(pool, deps, { resource: PODS, allow, call, calls });
      tables.push(
        await compareRoundTrips(
          () => handler.run(),
          () => fetchDirectly(agent, server.port, one),
          { rounds, calls, pauseMs: 0, what, names: NAMES },
        ),
      );
    }
    return tables.join("\n\n");
  } finally {
    await pool.close();
    await network.close();
    await agent.close();
  }
}

function callOf({ sent, received }: Case, port: number): string {
  const init = sent === 0 ? "{}" : `{ method: "POST", body: new Uint8Array(${sent}) }`;
  return `await (await fetch("http://${HOST}:${port}/${received}", ${init})).bytes();`;
}

const NO_CLUSTER = { objects: new FakeObjectClient(), catalog: fakeCatalog() };

/** Where no handler may go otherwise. */
function toLoopback(): FetchNetwork {
  const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
  const options = { apiServers: [], proxies: { https: "", http: "", except: "" } };
  return new FetchNetwork({ clock: systemClock, resolve, classOf: () => "public" }, options);
}

async function fetchDirectly(dispatcher: Agent, port: number, { sent, received, calls }: Case): Promise<number[]> {
  const taken: number[] = [];
  const init = sent === 0 ? {} : { method: "POST", body: Buffer.alloc(sent) };
  for (let i = 0; i < calls; i++) {
    const startedAt = performance.now();
    const { body } = await request(`http://127.0.0.1:${port}/${received}`, { dispatcher, ...init });
    await body.bytes();
    taken.push(performance.now() - startedAt);
  }
  return taken;
}
