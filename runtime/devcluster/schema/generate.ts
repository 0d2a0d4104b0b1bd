/**
 * Writes the tables of built-in kinds from a kube-apiserver:
 * `kubectl proxy & node runtime/devcluster/schema/generate.ts http://127.0.0.1:8001`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "./generated-files.ts";

const [url = ""] = process.argv.slice(2);
if (!URL.canParse(url)) throw new Error("Cannot write the tables: name the address of a `kubectl proxy`");

const files = await generatedFiles({
  get: async (path, accept) => (await fetch(new URL(path, url), { headers: { accept } })).json(),
  post: async (path, body) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(body) })).json();
  },
});
writeFileSync(join(import.meta.dirname, "built-in-schemas.generated.ts"), files.schemas);
writeFileSync(join(import.meta.dirname, "..", "registry", "built-in-resources.generated.ts"), files.resources);
