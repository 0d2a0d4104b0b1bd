/** Writes the types of the built-in resources. Run it after an update of client-node: `node runtime/handler-api/generate.ts`. */
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { eventsSource, resourcesSource } from "./type-source.ts";

const packageMain = fileURLToPath(import.meta.resolve("@kubernetes/client-node"));
const modelFiles = readdirSync(join(dirname(packageMain), "gen", "models"));
const models = new Set(
  modelFiles.filter((file) => file.endsWith(".d.ts")).map((file) => file.slice(0, -".d.ts".length)),
);

write("built-in-resources.generated.ts", resourcesSource(builtInResources, models));
write("built-in-events.generated.ts", eventsSource(builtInResources, models));

function write(file: string, source: string): void {
  writeFileSync(join(import.meta.dirname, file), source);
}
