/** Replaces what differs between any two runs: identities, times, revisions, addresses, generated suffixes. */
export function normalise(text: string): string {
  return RULES.reduce((normalised, [pattern, replacement]) => normalised.replace(pattern, replacement), text);
}

const SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UID"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| [+-]\d{4})/g, "TIME"],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} [\d:]+ [+-]\d{4}/g, "TIME"],
  [/(resourceVersion(?:"?: ?"?|=))\d{2,8}\b/gi, "$1REVISION"],
  [/(ResourceVersion in record \()\d+/g, "$1REVISION"],
  [/("?\bcontinue(?:"?: ?"?|=))[\w-]{8,}/g, "$1TOKEN"],
  [/(too old resource version: )\d+ \(\d+\)/g, "$1N (N)"],
  [/(Too large resource version: )\d+, current: \d+/g, "$1N, current: N"],
  [new RegExp(`\\b(gen-)[${SUFFIX_LETTERS}]{5}\\b`, "g"), "$1SUFFIX"],
  [/127\.0\.0\.1:\d+/g, "SERVER"],
  [/\b10\.96\.(?!0\.1\b)\d+\.\d+\b/g, "CLUSTER-IP"],
  [/(nodePort"?: |:)3\d{4}\b/gi, "$1NODE-PORT"],
  [/\/tmp\/(LIVE|MERGED)-\d+/g, "/tmp/$1"],
  // An age, in a column or in a sentence, and the padding that depends on its length.
  [/"\d+s"/g, '"AGE"'],
  [/\b\d+(s|m|m\d+s|h)( *(?= )|$)/gm, "AGE"],
  [/(?<=\S) {2,}/g, "  "],
];
