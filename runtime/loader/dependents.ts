import type { Metafile } from "esbuild";

/** Every file that an entry point reaches, as the metafile names them. Imports of types only have vanished already. */
export function inputsOf(entry: string, { inputs }: Metafile): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const next of inputs[path]?.imports ?? []) if (next.external !== true) open.push(next.path);
  }
  return reached;
}
