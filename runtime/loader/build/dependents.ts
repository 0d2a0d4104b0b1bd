import type { Metafile } from "esbuild";

/** Every file that an entry point reaches, as the metafile names them. Imports of types only have vanished already. */
export function inputsOf(entry: string, metafile: Metafile): ReadonlySet<string> {
  return new Set(importersFrom(entry, metafile).keys());
}

/** The shortest way of imports from the entry point to `input`, both included. */
export function importChain(entry: string, input: string, metafile: Metafile): readonly string[] {
  const importers = importersFrom(entry, metafile);
  const chain: string[] = [];
  for (let at: string | undefined = input; at !== undefined; at = importers.get(at)) chain.unshift(at);
  return chain;
}

/** What is reached, nearest first, and who imports it. */
function importersFrom(entry: string, { inputs }: Metafile): ReadonlyMap<string, string | undefined> {
  const importers = new Map<string, string | undefined>([[entry, undefined]]);
  // A Map shows what is added while it is read.
  for (const importer of importers.keys()) {
    for (const { path, external } of inputs[importer]?.imports ?? []) {
      if (external !== true && !importers.has(path)) importers.set(path, importer);
    }
  }
  return importers;
}
