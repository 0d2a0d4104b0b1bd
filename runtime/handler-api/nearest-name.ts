import { editDistance } from "#resources/edit-distance.ts";

/** The candidate that `name` is most likely a slip of; `undefined` if none is close. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const longest = Math.max(0, ...candidates.map(({ length }) => length));
  // More than twice as long is no slip, and need not be compared.
  if (name.length > 2 * longest) return undefined;
  const allowedEdits = Math.max(1, Math.floor(name.length / 3));
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowedEdits)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
}
