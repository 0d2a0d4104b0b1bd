import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { systemClock } from "#kernel/clock.ts";
import { buildGuestBundle } from "#sandbox/guest-bundle.ts";
import type { EngineName } from "#sandbox/protocol.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import type { GuestLog } from "#sandbox/sandbox.ts";
import type { Target } from "../fixtures/attacks/attack.ts";
import { withGlobals } from "../fixtures/attacks/with-globals.ts";
import { withModules } from "../fixtures/attacks/with-modules.ts";
import { MEMORY_BYTES } from "../support/sandbox-rig.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { FREE_HOST_TIME } from "../support/free-host-time.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const ATTACKS = Object.keys({ ...withGlobals, ...withModules });
const ENGINES: readonly EngineName[] = ["vm2", "process"];

suite("code that has broken out of its engine", () => {
  const bundle = new TemporaryDirectory({});
  before(() => buildGuestBundle(bundle.path, join(FIXTURES, "guests", "breaks-out.ts")));
  after(() => bundle[Symbol.dispose]());

  test("reaches nothing outside of its process", async (t) => {
    for (const engine of ENGINES) {
      await t.test(`in engine ${engine}`, async (t) => {
        const { target, connections } = await open(t);
        const got = await attackFromInside(t, engine, bundle.path, target);
        assert.deepEqual(got, Object.fromEntries(ATTACKS.map((name) => [name, null])));
        assert.deepEqual(readdirSync(target.folder), []);
        assert.equal(connections(), 0);
      });
    }
  });

  test("would reach all of it in a process that is not locked down", async (t) => {
    const { target } = await open(t);
    const script = join(FIXTURES, "attacks", "unlocked.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", script, JSON.stringify(target)]);
    const got: readonly (readonly [string, unknown])[] = JSON.parse(stdout);
    assert.deepEqual(
      got.filter(([, what]) => what === null).map(([name]) => name),
      [],
    );
  });
});

/** What there is to reach, and how often something came to the server. */
async function open(t: TestContext): Promise<{ target: Target; connections: () => number }> {
  let connections = 0;
  const server = createServer((_request, response) => response.end("hello"));
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const files = new TemporaryDirectory({ "secret.mjs": "export const secret = 1;\n" });
  const folder = new TemporaryDirectory({});
  t.after(() => {
    files[Symbol.dispose]();
    folder[Symbol.dispose]();
  });
  return {
    target: { port, file: join(files.path, "secret.mjs"), folder: folder.path },
    connections: () => connections,
  };
}

async function attackFromInside(
  t: TestContext,
  engine: EngineName,
  folder: string,
  target: Target,
): Promise<GuestLog["fields"]> {
  const files = { boot: join(folder, "guest.cjs"), program: join(folder, "guest-program.cjs"), codeCache: undefined };
  const pool = new ProcessSandboxPool(systemClock, { bundle: files });
  t.after(() => pool.close());
  const got = Promise.withResolvers<GuestLog["fields"]>();
  const capabilities = {
    call: async () => "null",
    hostTime: FREE_HOST_TIME,
    read: () => "null",
    log: ({ message, fields }: GuestLog) => message === "got" && got.resolve(fields),
  };
  const program = { id: "attack", file: "attack.ts", code: JSON.stringify(target), sourceMap: "" };
  const serve = { entry: 0, env: {}, listers: [], capabilities };
  const opened = await pool.open(program, serve, { engine, memoryBytes: MEMORY_BYTES }, t.signal);
  if (opened.type === "failed") throw new Error(opened.error.message);
  void opened.sandbox.exited.then((exit) => got.reject(new Error(JSON.stringify(exit))));
  return got.promise;
}
