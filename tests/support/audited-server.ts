import { join } from "node:path";
import { AuditLog } from "#devcluster/schema/generation/audit-log.ts";
import type { SourceServer } from "#devcluster/schema/generation/generated-files.ts";
import { askApiServer } from "./ask-api-server.ts";
import { startKubeApiServer } from "./kube-api-server.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";

export interface AuditedServer extends SourceServer {
  stop(): Promise<void>;
}

const POLICY = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [{ level: "Request", users: ["admin"] }, { level: "None" }],
};

/** A real API server whose audit log tells what it makes of a request's body before it looks whether it is valid. */
export async function startAuditedServer(): Promise<AuditedServer> {
  const folder = new TemporaryDirectory({ "policy.json": JSON.stringify(POLICY) });
  const [policy, log] = ["policy.json", "audit.log"].map((name) => join(folder.path, name));
  const flags = [`--audit-policy-file=${policy}`, `--audit-log-path=${log}`, "--audit-log-mode=blocking"];
  const server = await startKubeApiServer({ flags });
  const ask = askApiServer(server);
  const audit = new AuditLog(log ?? "");
  return {
    get: async (path, accept) => (await ask({ method: "GET", path, accept })).body,
    post: async (path, body) => {
      const { body: answer, auditId } = await ask({ method: "POST", path, body });
      return { answer, received: () => audit.requestObject(auditId) };
    },
    stop: async () => {
      await server.stop();
      folder[Symbol.dispose]();
    },
  };
}
