/** One thing that `tsc` does not like. */
export interface TypeFinding {
  /** As `tsc` names it: relative to the folder that it runs in. */
  readonly file: string;
  /** 1-based, like `column`. */
  readonly line: number;
  readonly column: number;
  /** `TS2339` */
  readonly code: string;
  /** Its first line. */
  readonly message: string;
  /** How it came to that; `""` if there is no more to say. */
  readonly details: string;
}

export interface TscOutput {
  readonly findings: readonly TypeFinding[];
  /** What has no place in a file: a wrong option, a missing configuration. */
  readonly complaints: readonly string[];
}

const FINDING = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/;
const COMPLAINT = /^error TS\d+: (.*)$/;

/** Reads what `tsc --pretty false` prints. */
export function parseTscOutput(text: string): TscOutput {
  const findings: TypeFinding[] = [];
  const complaints: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, file = "", row = "", column = "", code = "", message = ""] = FINDING.exec(line) ?? [];
    const [, complaint] = COMPLAINT.exec(line) ?? [];
    const last = findings.at(-1);
    if (file !== "") findings.push({ file, line: Number(row), column: Number(column), code, message, details: "" });
    else if (complaint !== undefined) complaints.push(complaint);
    else if (last && line.startsWith("  ")) {
      findings[findings.length - 1] = { ...last, details: last.details === "" ? line : `${last.details}\n${line}` };
    }
  }
  return { findings, complaints };
}
