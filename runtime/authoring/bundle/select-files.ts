import { nearestName } from "#handler-api/nearest-name.ts";
import { handlerIdOf } from "#loader/directory/handler-files.ts";
import { type LoadedHandlers, warningsOf } from "../load-handlers.ts";

type Loaded = Extract<LoadedHandlers, { readonly type: "loaded" }>;

/** What concerns the handler files of these ids. */
export function selectFiles(loaded: Loaded, only: readonly string[], directory: string): LoadedHandlers {
  const files = [...loaded.revisions.map(({ file }) => file), ...loaded.failures.flatMap((failure) => failure.files)];
  const ids = new Set(files.map(handlerIdOf));
  const missing = only.find((id) => !ids.has(id));
  if (missing !== undefined) {
    const nearest = nearestName(missing, [...ids]);
    const hint = nearest === undefined ? `There is ${[...ids].slice(0, 10).join(", ")}.` : `Did you mean "${nearest}"?`;
    return {
      type: "failed",
      message: `Cannot bundle "${missing}": there is no such handler file in "${directory}". ${hint}`,
    };
  }
  const isMeant = (file: string): boolean => only.includes(handlerIdOf(file));
  const revisions = loaded.revisions.filter(({ file }) => isMeant(file));
  return {
    ...loaded,
    revisions,
    failures: loaded.failures.filter((failure) => failure.files.some(isMeant)),
    warnings: warningsOf(revisions),
  };
}
