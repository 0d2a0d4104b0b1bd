/**
 * Writes the tables of built-in kinds from a kube-apiserver that writes an audit log of level `Request`:
 * `kubectl proxy & node runtime/devcluster/schema/generation/generate.ts http://127.0.0.1:8001 audit.log`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AuditLog } from "./audit-log.ts";
import { generatedFiles } from "./generated-files.ts";

const ROOM = join(import.meta.dirname, "..", "..");

const [url = "", auditLog = ""] = process.argv.slice(2);
if (!URL.canParse(url) || auditLog === "") {
  throw new Error("Cannot write the tables: name the address of a `kubectl proxy` and the server's audit log");
}

const audit = new AuditLog(auditLog);
const files = await generatedFiles({
  get: async (path, accept) => (await fetch(new URL(path, url), { headers: { accept } })).json(),
  post: async (path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(body) });
    const auditId = answer.headers.get("audit-id") ?? "";
    return { answer: await answer.json(), received: () => audit.requestObject(auditId) };
  },
});
writeFileSync(join(ROOM, "schema", "built-in", "built-in-schemas.generated.ts"), files.schemas);
writeFileSync(join(ROOM, "registry", "built-in", "built-in-resources.generated.ts"), files.resources);
