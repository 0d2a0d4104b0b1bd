/**
 * The real API server of the tests has no controllers: these do, when a scenario needs it, what
 * kube-controller-manager would. They leave the embedded cluster alone, which has its own.
 */
import { setTimeout as delay } from "node:timers/promises";
import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import type { Session } from "./session.ts";

/** Ends a namespace once it is being deleted: its ConfigMaps and Secrets go, then it. */
export async function finishNamespace(session: Session, name: string): Promise<void> {
  if (session.server.name === "embedded") return;
  const path = `/api/v1/namespaces/${name}`;
  await until(async () => textOf(fieldOf((await session.ask({ path })).json, "status"), "phase") === "Terminating");
  for (const plural of ["configmaps", "secrets"]) {
    const collection = `${path}/${plural}`;
    await session.ask({ method: "DELETE", path: collection });
    await until(async () => elementsOf((await session.ask({ path: collection })).json, "items").length === 0);
  }
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name }, spec: { finalizers: [] } };
  await session.ask({ method: "PUT", path: `${path}/finalize`, body: namespace });
}

export interface Family {
  /** Of ConfigMaps. */
  readonly owner: string;
  readonly dependants: readonly string[];
}

/** Does for a deleted owner what its propagation policy wants. */
export async function collectGarbage(
  session: Session,
  { owner, dependants }: Family,
  policy: "Background" | "Foreground" | "Orphan",
): Promise<void> {
  if (session.server.name === "embedded") return;
  const path = `/api/v1/namespaces/${session.namespace}/configmaps`;
  const isMarked = async (): Promise<boolean> => {
    const { code, json } = await session.ask({ path: `${path}/${owner}` });
    return code === 404 || textOf(fieldOf(json, "metadata"), "deletionTimestamp") !== undefined;
  };
  await until(isMarked);
  for (const name of dependants) {
    if (policy === "Orphan") await withoutMember(session, `${path}/${name}`, "ownerReferences");
    else await session.ask({ method: "DELETE", path: `${path}/${name}` });
  }
  if (policy !== "Background") await withoutMember(session, `${path}/${owner}`, "finalizers");
}

async function withoutMember(session: Session, path: string, member: string): Promise<void> {
  const headers = { "content-type": "application/merge-patch+json" };
  await session.ask({ method: "PATCH", path, headers, body: { metadata: { [member]: null } } });
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Cannot go on: nothing happened for ${PATIENCE_MS} ms`);
    await delay(POLL_MS);
  }
}
