import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { memoryLedger } from "#ledger/memory-ledger.ts";
import { openHandlersDirectory } from "#loader/directory/open-handlers-directory.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { Supervisor } from "#supervisor/supervisor.ts";
import { handlersFolder, type HandlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { SubstituteCaches } from "../support/substitute-caches.ts";

const PATIENCE_MS = 30_000;

interface Running {
  readonly folder: HandlersFolder;
  readonly caches: SubstituteCaches;
  /** Lives, failures and logs, one line each. */
  readonly lines: readonly string[];
  /** Waits for this line, after those waited for before. */
  readonly until: (line: string) => Promise<void>;
}

/** Real files, real processes, real time; only the cluster is a substitute. */
async function start(context: TestContext, files: Readonly<Record<string, string>>): Promise<Running> {
  const folder = handlersFolder(context, files);
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const caches = new SubstituteCaches();
  const stop = new AbortController();
  const lines: string[] = [];
  let heard = Promise.withResolvers<void>();
  const hear = (line: string): void => {
    lines.push(line);
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const nothing = (): void => {};
  const supervisor = new Supervisor({
    clock: systemClock,
    random: Math.random,
    pool,
    openCaches: caches.open,
    env: {},
    observer: {
      live: ({ handler }) => hear(`${handler} live`),
      buildFailed: ({ file }) => hear(`${file} failed`),
      processDied: ({ handler }, { type }) => hear(`${handler} ${type}`),
      degraded: nothing,
      refused: (_revision, { message }) => hear(`refused: ${message}`),
      removed: (handler) => hear(`${handler} removed`),
      renamed: (from, to) => hear(`${from} renamed ${to}`),
      confirmed: ({ handler }) => hear(`${handler} unchanged`),
      conflict: nothing,
      warned: nothing,
    },
    ledger: () => memoryLedger,
    dispatchObserver: () => ({
      started: nothing,
      ended: (_run, outcome) => {
        if (outcome.type === "permanent") hear(`${outcome.error.message} at line ${outcome.error.at?.line}`);
      },
      finishedSilently: nothing,
      deadLetter: nothing,
      healthChanged: nothing,
      forgotten: nothing,
    }),
  });
  caches.onLog = () => hear(caches.logged.at(-1) ?? "");
  const opened = await openHandlersDirectory(
    { clock: systemClock, inspect: (program, engine, signal) => pool.inspect(program, engine, signal) },
    { directory: folder.root, watch: true, ...CHECKOUT_PATHS },
  );
  if (opened.type === "failed") throw new Error(opened.reason);
  const follow = async (): Promise<void> => {
    for await (const batch of opened.source.batches(stop.signal)) {
      supervisor.apply(batch);
      for (const file of batch.withoutEffect ?? []) hear(`${file} without effect`);
    }
  };
  const following = follow();
  context.after(async () => {
    stop.abort();
    await following;
    await supervisor.close(1_000);
    await pool.close();
  });
  await supervisor.ready;
  let seen = lines.length;
  const until = async (line: string): Promise<void> => {
    const lost = AbortSignal.timeout(PATIENCE_MS);
    const vain = new Promise<never>((_resolve, reject) => {
      lost.addEventListener("abort", () =>
        reject(new Error(`waited in vain for "${line}" after: ${lines.join(", ")}`)),
      );
    });
    while (!lines.includes(line, seen)) await Promise.race([heard.promise, vain]);
    seen = lines.indexOf(line, seen) + 1;
  };
  return { folder, caches, lines, until };
}

function pod(resourceVersion: string) {
  return { key: "default/web", uid: "uid-web", resourceVersion };
}

function saying(text: string): string {
  return `export default (event, { log }) => log.info("${text} " + event.type + " " + event.object.metadata.resourceVersion);\n`;
}

test("saved handler runs the next event in a process of its own, a broken save changes nothing", async (context) => {
  const { folder, caches, until } = await start(context, { "pod-changed.ts": saying("first") });
  caches.write("pods", pod("1"));
  await until("pod-changed first added 1");
  folder.write("pod-changed.ts", saying("second"));
  await until("pod-changed live");
  caches.write("pods", pod("2"));
  await until("pod-changed second updated 2");
  folder.write("pod-changed.ts", "export default (");
  await until("pod-changed.ts failed");
  caches.write("pods", pod("3"));
  await until("pod-changed second updated 3");
});

test("handler whose process exits is started again for the next run", async (context) => {
  const source =
    'export default (event, { log }) => { if (event.attempt === 1) for (;;); log.info("tried again"); };\n';
  const { caches, until, lines } = await start(context, {
    "pod-added.ts": `export const config = { timeout: "300ms", retry: { backoff: "10ms" } };\n${source}`,
  });
  caches.write("pods", pod("1"));
  await until("pod-added tried again");
  assert.deepEqual(lines, ["pod-added live", "pod-added timedOut", "pod-added tried again"]);
});

test("error has the line where the code stands since a save that only moved it, in the process that was there before", async (context) => {
  const source = `import { PermanentError } from "informd";
export default ({ object }) => {
  throw new PermanentError("version " + object.metadata.resourceVersion);
};
`;
  const { folder, caches, until, lines } = await start(context, { "pod-changed.ts": source });
  caches.write("pods", pod("1"));
  await until("version 1 at line 3");
  folder.write("pod-changed.ts", `// said\n\n${source}`);
  await until("pod-changed.ts without effect");
  caches.write("pods", pod("2"));
  await until("version 2 at line 5");
  assert.equal(lines.filter((line) => line === "pod-changed live").length, 1);
});

test("renamed handler goes on where it was, a removed one is gone", async (context) => {
  const source = `import { on } from "informd";\nexport default on("pods", ${saying("told").slice("export default ".length).replace(";\n", "")});\n`;
  const { folder, caches, until } = await start(context, { "first.ts": source });
  caches.write("pods", pod("1"));
  await until("first told added 1");
  folder.rename("first.ts", "second.ts");
  await until("second live");
  caches.write("pods", pod("2"));
  await until("second told updated 2");
  folder.remove("second.ts");
  await until("second removed");
});

test("every version runs in the engine that it asks for, and one that asks for the wrong one does not load", async (context) => {
  const tellsProxy =
    "export default ({ type, object }, { log }) => log.info(['Proxy is', typeof Proxy, type, object.metadata.resourceVersion].join(' '));\n";
  const needsProxy = `new Proxy({}, {});\n${tellsProxy}`;
  const asksForProcess = 'export const config = { engine: "process" };\n';
  const { folder, caches, until } = await start(context, { "pod-changed.ts": tellsProxy });
  caches.write("pods", pod("1"));
  await until("pod-changed Proxy is undefined added 1");
  folder.write("pod-changed.ts", needsProxy);
  await until("pod-changed.ts failed");
  caches.write("pods", pod("2"));
  await until("pod-changed Proxy is undefined updated 2");
  for (const code of [tellsProxy, needsProxy]) {
    folder.write("pod-changed.ts", asksForProcess + code);
    await until("pod-changed live");
    const version = code === tellsProxy ? "3" : "4";
    caches.write("pods", pod(version));
    await until(`pod-changed Proxy is function updated ${version}`);
  }
  folder.write("pod-changed.ts", tellsProxy);
  await until("pod-changed live");
  caches.write("pods", pod("5"));
  await until("pod-changed Proxy is undefined updated 5");
});
