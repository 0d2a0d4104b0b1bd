import { nearestName } from "#handler-api/nearest-name.ts";
import { handlerIdOf } from "#loader/directory/handler-files.ts";
import type { LoadedHandlers } from "../load-handlers.ts";

type Loaded = Extract<LoadedHandlers, { readonly type: "loaded" }>;

/** What concerns the handler files of these ids. */
export function selectFiles(loaded: Loaded, only: readonly string[], directory: string): LoadedHandlers {
  const ids = new Set([...loaded.revisions, ...loaded.problems].map(({ file }) => handlerIdOf(file)));
  const missing = only.find((id) => !ids.has(id));
  if (missing !== undefined) {
    const nearest = nearestName(missing, [...ids]);
    const hint = nearest === undefined ? `There is ${[...ids].slice(0, 10).join(", ")}.` : `Did you mean "${nearest}"?`;
    return {
      type: "failed",
      message: `Cannot bundle "${missing}": there is no such handler file in "${directory}". ${hint}`,
    };
  }
  const concerns = ({ file }: { readonly file: string }): boolean => only.includes(handlerIdOf(file));
  return {
    ...loaded,
    revisions: loaded.revisions.filter(concerns),
    problems: loaded.problems.filter(concerns),
    warnings: loaded.warnings.filter(concerns),
  };
}
