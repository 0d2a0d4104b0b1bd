import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const MAIN = join(import.meta.dirname, "..", "..", "bench", "main.ts");

test("the ingest bench prints both clients side by side", { timeout: 120_000 }, async () => {
  const args = [MAIN, "ingest", "--pods", "200", "--updates", "500", "--rounds", "1"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.match(stdout, /npm run bench -- ingest --pods 200 --updates 500 --rounds 1/);
  assert.match(stdout, /\| informd \| client-node \|/);
  const cells = stdout.split("\n").flatMap((line) => (/^\| [a-zA-Z]/.test(line) ? line.split(" | ").slice(1, 3) : []));
  assert.ok(cells.length > 10);
  assert.deepEqual(
    cells.filter((cell) => cell.includes("NaN")),
    [],
  );
});
