/** What a handler's reads of a large cache cost the host. */
import { join } from "node:path";
import { Child } from "./child.ts";
import type { ListerResult } from "./lister/reads.ts";
import type { BenchOptions } from "./options.ts";
import { spread, table } from "./table.ts";

export async function lister({ pods = 50_000, rounds = 9 }: BenchOptions): Promise<string> {
  const reads = join(import.meta.dirname, "lister", "reads.ts");
  const child = new Child(["--expose-gc", reads, String(pods), String(rounds)]);
  const results: readonly ListerResult[] = JSON.parse(await child.firstLine);
  const rows = results.map(({ name, ms, allocatedBytes, answerBytes }) => [
    `\`${name}\``,
    spread(ms),
    kilobytes(allocatedBytes),
    answerBytes === 0 ? "" : kilobytes(answerBytes),
  ]);
  const head = ["", "CPU of the host, ms", "allocated on its heap, KB", "answer, KB"];
  return `${pods} pods in the cache; ${rounds} rounds, median (min–max)\n\n${table(head, rows)}`;
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0);
}
