import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, normalize } from "node:path";
import { after, before, suite, test } from "node:test";
import { DevProcess } from "../support/dev-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const BUILD = join(ROOT, "runtime", "packaging", "build.ts");
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

const HANDLER = `
  import { format } from "node:util";
  import { type HandlerContext, type PodAdded, PermanentError } from "informd";
  export default function podAdded(event: PodAdded, { log }: HandlerContext<"pods">) {
    if (event.attempt > 1) throw new PermanentError("once is enough");
    log.info(format("%s is here", event.object.metadata.name));
  }`;

const CONSUMER = `
  import type { HandlerContext, LiveMetadata, PodAdded, Wire } from "informd";
  import { type Cluster, on, parseObject, type ScopeRequest, SharedInformerFactory } from "informd";

  declare module "informd" {
    interface Resources {
      "widgets.example.com": { metadata: LiveMetadata; spec: { size: number } };
    }
  }

  export function podAdded({ object }: PodAdded, { lister, log }: HandlerContext<"pods">): void {
    const neighbours = lister.list({ namespace: object.metadata.namespace });
    log.info(object.metadata.name, { nodes: neighbours.map(({ spec }) => spec?.nodeName) });
  }
  export const scaled = on("deployments.apps", { events: ["updated"] }, ({ old, object }) => {
    if (old.spec?.replicas === object.spec?.replicas) return { requeueAfter: "5m" };
    return undefined;
  });
  export const resized = on("widgets.example.com", ({ object }) => {
    void object.spec.size.toFixed(object.metadata.namespace.length);
  });
  export function listed(cluster: Cluster, scope: ScopeRequest): unknown[] {
    return new SharedInformerFactory(cluster, { resyncMs: 30_000 }).informer(scope).lister.list().map(parseObject);
  }
  export type Claimed = Wire<{ spec: { claimedAt: Date } }>;
`;

const MISTAKES = `
  import { type PodAdded, on } from "informd";
  export const typo = ({ object }: PodAdded) => object.spec?.nodeNam;
  export const otherTypo = on("deployments.apps", ({ object }) => void object.spec?.replica);
`;

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, module: "nodenext", target: "esnext", types: [] },
  files: ["consumer.ts", "mistakes.ts"],
});

/** The first Node on the PATH that is too old for informd: a machine's own, where npm's scripts bring a newer one. */
const OLD_NODE = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((node) => existsSync(node) && majorOf(node) < 26);

function majorOf(node: string): number {
  return Number(execFileSync(node, ["--print", "process.versions.node.split('.')[0]"], { encoding: "utf8" }));
}

/** All that is published. */
const PUBLISHED = [
  /^(package\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|THIRD_PARTY_NOTICES\.md)$/,
  /^docs\/[\w-]+\.md$/,
  /^examples\/([\w-]+\/)?[\w-]+(\.d)?\.(md|ts|yaml)$/,
  /^bin\.cjs$/,
  /^(cli|index|[\w-]+-[A-Z0-9]{8})\.js(\.map)?$/,
  /^guest(-program)?\.cjs$/,
  /^handler-api\/index\.js$/,
  /^loader\/in-sandbox\/[\w-]+\.js$/,
  /^types\/[\w/.-]+\.d\.ts$/,
];

/** Relative ones, without the part of the document that they name. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) => to);
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

type Paths = Readonly<Record<string, string>>;

interface StagedPackage {
  readonly exports: Readonly<Record<string, string | Paths>>;
  readonly bin: Paths;
  readonly imports: Readonly<Record<string, string | Paths>>;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

suite("the package that npm run build stages", { timeout: 180_000 }, () => {
  const folder = new TemporaryDirectory({
    "consumer/package.json": JSON.stringify({ type: "module", private: true }),
    "consumer/handlers/pod-added.ts": HANDLER,
    "consumer/consumer.ts": CONSUMER,
    "consumer/mistakes.ts": MISTAKES,
    "consumer/tsconfig.json": TSCONFIG,
  });
  const staged = join(folder.path, "package");
  const consumer = join(folder.path, "consumer");
  const informd = join(consumer, "node_modules", ".bin", "informd");
  let files: readonly string[] = [];

  before(async () => {
    await succeed(process.execPath, [BUILD, staged], ROOT);
    const [packed] = JSON.parse(
      await succeed("npm", ["pack", "--json", "--pack-destination", folder.path], staged),
    ) as readonly Packed[];
    files = (packed?.files ?? []).map(({ path }) => path);
    const tarball = join(folder.path, packed?.filename ?? "");
    await succeed("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], consumer);
  });

  after(() => folder[Symbol.dispose]());

  function run(file: string, args: readonly string[], cwd = consumer): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(file, args, { cwd }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  }

  async function succeed(file: string, args: readonly string[], cwd = consumer): Promise<string> {
    const { code, stdout, stderr } = await run(file, args, cwd);
    assert.equal(code, 0, `${file} ${args.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  }

  test("has what it needs, and no source, test or bench of the checkout", () => {
    assert.deepEqual(
      files.filter((file) => !PUBLISHED.some((pattern) => pattern.test(file))),
      [],
    );
    for (const pattern of PUBLISHED)
      assert.ok(
        files.some((file) => pattern.test(file)),
        String(pattern),
      );
  });

  test("has documents whose links lead to each other: every relative one to a file of the package", () => {
    const isThere = (path: string): boolean => files.some((file) => file === path || file.startsWith(`${path}/`));
    const lost = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) =>
        linksIn(readFileSync(join(staged, file), "utf8")).map((to) => ({
          file,
          to: normalize(join(dirname(file), to)),
        })),
      )
      .filter(({ to }) => !isThere(to));
    assert.deepEqual(lost, []);
    const own = readFileSync(join(staged, "README.md"), "utf8");
    assert.ok(linksIn(own).includes("SECURITY.md") && linksIn(own).includes("docs/handlers.md"));
    assert.match(own, /^\[CHANGELOG\.md\]\(CHANGELOG\.md\) · CONTRIBUTING\.md · /m);
  });

  test("exports exactly the library, with its types, and every file that it names is there", () => {
    const { exports, bin, imports } = JSON.parse(readFileSync(join(staged, "package.json"), "utf8")) as StagedPackage;
    assert.deepEqual(Object.keys(exports), [".", "./package.json"]);
    const named = [...Object.values(exports), bin, imports]
      .flatMap((value) => (typeof value === "string" ? [value] : Object.values(value)))
      .flatMap((value) => (typeof value === "string" ? [value] : Object.values(value)))
      .filter((path) => !path.includes("*"));
    assert.deepEqual(
      named.filter((path) => !files.includes(path.replace("./", ""))),
      [],
    );
  });

  test("installs a command, informd, that knows its version", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string };
    assert.equal(await succeed(informd, ["--version"]), `${version}\n`);
  });

  test("builds handlers and loads them in their sandbox", async () => {
    assert.equal(await succeed(informd, ["check"]), "pod-added  pods  added  all  nothing\n");
  });

  test("brings the embedded cluster: dev runs handlers on it, and what is saved", async () => {
    await using dev = new DevProcess([], consumer, { program: [process.execPath, informd] });
    await dev.until(/^cluster {3}https:\/\/127\.0\.0\.1:\d+ \(embedded, activity calm\)$/m);
    await dev.until(/^[\d:.]{12} pod-added initial demo\/\S+ done \d+ ms\n {4}\S+ is here$/m);
    folder.write("consumer/handlers/pod-added.ts", HANDLER.replace("is here", "has come"));
    await dev.until(/^[\d:.]{12} pod-added live demo\/\S+ done \d+ ms\n {4}\S+ has come$/m);
    dev.pressCtrlC();
    assert.equal(await dev.exited, 0);
  });

  test("is a library", async () => {
    const script = `
      import { on, parseLabelSelector, SharedInformerFactory } from "informd";
      const factory = new SharedInformerFactory({ listWatch: () => { throw new Error("unused"); } });
      console.log(typeof factory.informer, typeof on, parseLabelSelector("app=web").matches({ app: "web" }));`;
    const printed = await succeed(process.execPath, ["--input-type=module", "--eval", script]);
    assert.equal(printed, "function function true\n");
  });

  test("gives a strict TypeScript project its types: a field that does not exist does not compile", async () => {
    const { stdout } = await run(process.execPath, [TSC, "--project", "tsconfig.json"]);
    const errors = stdout.split("\n").filter((line) => line.includes(": error "));
    // The declarations of client-node have an error of their own: a package whose types it does not bring.
    const own = errors.filter((line) => !line.startsWith("node_modules/") || line.startsWith("node_modules/informd/"));
    assert.equal(own.length, 2, own.join("\n"));
    assert.match(own[0] ?? "", /^mistakes\.ts\(3,.* Property 'nodeNam' does not exist .* Did you mean 'nodeName'\?$/);
    assert.match(own[1] ?? "", /^mistakes\.ts\(4,.* Property 'replica' does not exist .* Did you mean 'replicas'\?$/);
  });

  test("carries the licences of what is inside its bundles", () => {
    const notices = readFileSync(join(staged, "THIRD_PARTY_NOTICES.md"), "utf8");
    for (const holder of ["Patrik Simek", "acorn", "acorn-walk"]) assert.match(notices, new RegExp(holder));
    assert.match(readFileSync(join(staged, "LICENSE"), "utf8"), /Apache License/);
  });

  test(
    "on a Node that is too old says which one it needs and how to get it, exit code 2",
    { skip: OLD_NODE === undefined ? "needs a Node older than 26 on the PATH: install one to run this test" : false },
    async () => {
      const { code, stdout, stderr } = await run(OLD_NODE ?? "", [informd, "--version"]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(
        stderr,
        /^Cannot run informd: it needs Node 26 or newer, and this is Node \d+\.\d+\.\d+\. Install it /,
      );
      assert.match(stderr, /"npm install --save-dev node@26"\.\n$/);
    },
  );
});
