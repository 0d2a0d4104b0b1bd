import { join } from "node:path";
import { build } from "esbuild";

/** The command and the library, with the code that both need in one place. Dependencies stay outside: npm installs them. */
export async function bundleHost(runtime: string, target: string): Promise<void> {
  await build({
    entryPoints: { cli: join(runtime, "cli", "main.ts"), index: join(runtime, "index.ts") },
    outdir: target,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node26",
    packages: "external",
    sourcemap: "linked",
    logLevel: "warning",
  });
}

/** What goes into handlers' bundles: what `informd` means there, and the modules that stand for Node's own. */
export async function bundleHandlerSide(runtime: string, target: string): Promise<void> {
  await build({
    entryPoints: [join(runtime, "handler-api", "index.ts"), join(runtime, "loader", "in-sandbox", "*.ts")],
    outbase: runtime,
    outdir: target,
    chunkNames: "loader/in-sandbox/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "warning",
  });
}
