/** As much of a Dockerfile as informd's own uses. */
export interface Stage {
  readonly base: string;
  /** What `COPY --from` calls it. */
  readonly name: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly type: "WORKDIR"; readonly path: string }
  | {
      readonly type: "COPY";
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly type: "RUN"; readonly command: string }
  | { readonly type: "ENV"; readonly values: Readonly<Record<string, string>> }
  | { readonly type: "USER"; readonly uid: number; readonly gid: number }
  | { readonly type: "ENTRYPOINT" | "CMD"; readonly args: readonly string[] };

/** Throws for whatever it does not know. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { base: string; name: string; steps: Step[] }[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, instruction = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === "FROM") {
      const [base = "", , name = ""] = rest.split(" ");
      stages.push({ base, name, steps: [] });
    } else stages.at(-1)?.steps.push(stepOf(instruction, rest));
  }
  return stages;
}

function stepOf(instruction: string, rest: string): Step {
  switch (instruction) {
    case "WORKDIR":
      return { type: instruction, path: rest };
    case "COPY": {
      const [, from, paths = ""] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
      const words = paths.split(" ");
      return { type: instruction, from, sources: words.slice(0, -1), to: words.at(-1) ?? "" };
    }
    case "RUN":
      return { type: instruction, command: rest };
    case "ENV":
      return { type: instruction, values: Object.fromEntries(rest.split(" ").map((pair) => pairOf(pair))) };
    case "USER": {
      const [uid, gid] = rest.split(":").map(Number);
      return { type: instruction, uid: uid ?? 0, gid: gid ?? 0 };
    }
    case "ENTRYPOINT":
    case "CMD":
      return { type: instruction, args: JSON.parse(rest) };
    default:
      throw new Error(`Cannot read "${instruction} ${rest}": teach tests/support/image/dockerfile.ts this instruction`);
  }
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
