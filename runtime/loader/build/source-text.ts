/** A place in a file; 1-based, columns in UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The texts that a bundle was made of, by name as in its source map. What lies on disk may be newer. */
export function sourceTexts(sourceMap: string): ReadonlyMap<string, string> {
  if (sourceMap === "") return new Map();
  const map: { readonly sources: readonly string[]; readonly sourcesContent?: readonly string[] } =
    JSON.parse(sourceMap);
  return new Map(map.sources.map((source, at) => [source, map.sourcesContent?.[at] ?? ""]));
}

export function placeIn(file: string, text: string, index: number): Place {
  const before = text.slice(0, index).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
