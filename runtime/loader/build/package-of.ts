/** The npm package that an input of esbuild's metafile belongs to. `undefined`: none, it is a file of the handlers' own. */
export function packageOf(input: string): string | undefined {
  return /.*node_modules\/((@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}
