/**
 * Writes the table of built-in kinds. From a server: `kubectl proxy & node runtime/resources/generate.ts http://127.0.0.1:8001`,
 * or from what its `/api` and `/apis` answered: `node runtime/resources/generate.ts api.json apis.json`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOfDiscovery } from "./discovery-document.ts";

const TARGET = join(import.meta.dirname, "built-in-resources.generated.ts");
const ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

const sources = process.argv.slice(2);
const [first = ""] = sources;
const documents = URL.canParse(first) ? await askServer(first) : sources.map((path) => readFileSync(path, "utf8"));
const resources = documents.flatMap((text) => resourcesOfDiscovery(JSON.parse(text)));
if (resources.length === 0) throw new Error("Cannot write the table: the documents name no resources");
writeFileSync(TARGET, tableText());
process.stdout.write(`${resources.length} resources written to ${TARGET}\n`);

async function askServer(url: string): Promise<string[]> {
  const answers = ["/api", "/apis"].map((path) => fetch(new URL(path, url), { headers: { accept: ACCEPT } }));
  return Promise.all(answers.map(async (answer) => (await answer).text()));
}

function tableText(): string {
  const rows = resources.map((resource) => `  ${JSON.stringify(resource)},\n`).join("");
  return [
    "// Written by generate.ts from a kube-apiserver's discovery. Do not edit.\n",
    'import type { ApiResource } from "./api-resource.ts";\n\n',
    "/** What every API server has, in discovery's order. */\n",
    `export const builtInResources: readonly ApiResource[] = [\n${rows}];\n`,
  ].join("");
}
