/** `npm run bench -- [NAME…] [--pods N] [--updates N] [--rounds N] [--saves N] [--handlers N] [--minutes N]`: runs the benches and prints Markdown tables. */
import { applyToLive } from "./apply-to-live.ts";
import { embedded } from "./embedded.ts";
import { fetchBench } from "./fetch.ts";
import { handler } from "./handler.ts";
import { ingest } from "./ingest.ts";
import { kubeGet } from "./kube-get.ts";
import { lister } from "./lister.ts";
import { metrics } from "./metrics.ts";
import { readCommand, type BenchOptions } from "./options.ts";
import { saveToLive } from "./save-to-live.ts";
import { soak } from "./soak.ts";
import { startUp } from "./start-up.ts";
import { swapToLive } from "./swap-to-live.ts";

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<string>>> = {
  "start-up": startUp,
  ingest,
  handler,
  lister,
  metrics,
  "save-to-live": saveToLive,
  "swap-to-live": swapToLive,
  "apply-to-live": applyToLive,
  "kube-get": kubeGet,
  fetch: fetchBench,
  embedded,
  soak,
};

const { names, options } = readCommand(process.argv.slice(2));
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) {
  throw new Error(`Cannot run bench "${unknown}": there is none. Choose from ${Object.keys(BENCHES).join(", ")}`);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const flags = Object.entries(options).map(([flag, value]) => ` --${flag} ${value}`);
  console.log(`\n## npm run bench -- ${name}${flags.join("")}\n`);
  console.log(await bench(options));
}
