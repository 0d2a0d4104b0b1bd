import { build } from "esbuild";

/** The code that runs beside the handler. vm2's parser knows ES2022, and nothing of Node exists there. */
export async function bundleRealm(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "neutral",
    target: "es2022",
    format: "cjs",
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** As vm2 would have changed it before it runs: to parse it takes a process longer than all else that it does at its start. */
export async function compileForVm2(realm: string): Promise<string> {
  // Part of the guest when installed as a package: there it is not needed.
  const { VMScript } = await import("vm2");
  const script = new VMScript(realm).compile();
  const code: unknown = Reflect.get(script, "_compiledCode");
  if (typeof code !== "string") throw new TypeError("Cannot bundle the realm: this vm2 keeps no compiled code");
  return code;
}
