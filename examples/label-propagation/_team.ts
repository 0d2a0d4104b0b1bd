// Shared by the handlers beside it: a file whose name begins with `_` is no handler. Saving it reloads those that import it.

/** The label that pods take over from their namespace. */
const TEAM = "team";

export const TEAM_PATH = `metadata.labels['${TEAM}']`;

interface Labelled {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
}

export function teamOf({ metadata }: Labelled): string | undefined {
  return metadata.labels?.[TEAM];
}

/** Of pods that have another team, or none. */
export function notOf(team: string): string {
  return `${TEAM}!=${team}`;
}

/** A merge patch. */
export function teamPatch(team: string): object {
  return { metadata: { labels: { [TEAM]: team } } };
}
