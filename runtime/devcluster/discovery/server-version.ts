import type { JsonRecord } from "#kernel/json-value.ts";

const MINOR = 37;

/** What `/version` answers: the release whose API is served; the suffix says that it is none of its builds. */
export const SERVER_VERSION: JsonRecord = {
  major: "1",
  minor: String(MINOR),
  emulationMajor: "1",
  emulationMinor: String(MINOR),
  minCompatibilityMajor: "1",
  minCompatibilityMinor: String(MINOR - 1),
  gitVersion: `v1.${MINOR}.2+informd`,
  gitCommit: "",
  gitTreeState: "",
  buildDate: "1970-01-01T00:00:00Z",
  goVersion: "none",
  compiler: "none",
  platform: "any/any",
};
