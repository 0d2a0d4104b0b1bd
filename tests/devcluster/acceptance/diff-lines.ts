/** The lines of both texts: `-` for those of the left one only, `+` for those of the right one only. */
export function diffLines(left: string, right: string): string {
  const [a, b] = [left.split("\n"), right.split("\n")];
  const common = commonLengths(a, b);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i]}`);
      [i, j] = [i + 1, j + 1];
    } else if (j === b.length || (i < a.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      lines.push(`- ${a[i++]}`);
    } else {
      lines.push(`+ ${b[j++]}`);
    }
  }
  return withoutFarContext(lines).join("\n");
}

const CONTEXT = 3;

/** `[i][j]`: how many lines a from i on and b from j on have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, next] = [lengths[i] ?? [], lengths[i + 1] ?? []];
      row[j] = a[i] === b[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function withoutFarContext(lines: readonly string[]): string[] {
  const changed = lines.map((line) => !line.startsWith("  "));
  return lines.filter((_, index) => changed.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).includes(true));
}
