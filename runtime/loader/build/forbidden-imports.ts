import type { Metafile } from "esbuild";
import { forbiddenBuiltIn, insteadOf } from "./built-in-modules.ts";
import { importChain } from "./dependents.ts";
import { problemAt } from "../problem.ts";
import type { Problem } from "../revision.ts";
import { placeIn } from "./source-text.ts";

/** Node's built-in modules that end up in the bundle of `entry` although a handler cannot have them. */
export function forbiddenImports(
  entry: string,
  output: Metafile["outputs"][string],
  metafile: Metafile,
  texts: ReadonlyMap<string, string>,
): Problem[] {
  const found = Object.keys(output.inputs).flatMap((input) => {
    const builtIn = forbiddenBuiltIn(input);
    return builtIn === undefined ? [] : [{ builtIn, chain: importChain(entry, input, metafile).slice(0, -1) }];
  });
  return found.map(({ builtIn, chain }) => problemOf(builtIn, chain, texts));
}

function problemOf(builtIn: string, chain: readonly string[], texts: ReadonlyMap<string, string>): Problem {
  const importer = chain.at(-1) ?? "";
  const text = texts.get(importer) ?? "";
  const way = chain.length > 1 ? ` (imported by ${chain.map((file) => `"${file}"`).join(" → ")})` : "";
  const reason = `Cannot import "${builtIn}" in a handler${way}: ${insteadOf(builtIn)}`;
  const index = text.search(new RegExp(`["'\`](node:)?${builtIn}["'\`]`));
  return problemAt(placeIn(importer, text, Math.max(0, index)), reason, text);
}
