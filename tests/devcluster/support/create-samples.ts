import assert from "node:assert/strict";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { KubeApiServer } from "../../support/kube-api-server.ts";
import { callApiServer } from "./api-server-calls.ts";
import type { Sample } from "./samples/sample.ts";

/** Creates the objects one after another, with their status. */
export async function createSamples(server: KubeApiServer, samples: readonly Sample[]): Promise<void> {
  const refusals: string[] = [];
  for (const sample of samples) {
    await create(server, sample).catch((error: unknown) => refusals.push(String(error)));
  }
  assert.deepEqual(refusals, []);
}

/** The path of a resource's objects: of all of them where no namespace is named. */
export function collectionPath({ namespaced, plural, ...resource }: ServedResource, namespace?: string): string {
  const root = resource.group === "" ? "/api" : "/apis";
  const scope = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
  return `${root}/${apiVersionOf(resource)}${scope}/${plural}`;
}

async function create(server: KubeApiServer, { object, status, deleted = false }: Sample): Promise<void> {
  const resource = builtInResources().find(
    (one) => apiVersionOf(one) === object.apiVersion && one.kind === object.kind && one.verbs.includes("create"),
  );
  assert.ok(resource, object.kind);
  const collection = collectionPath(resource, object.metadata.namespace ?? "default");
  await call("POST", collection, "application/json", object);
  const path = `${collection}/${object.metadata.name}`;
  if (status) await call("PATCH", `${path}/status`, "application/merge-patch+json", { status });
  if (deleted) await call("DELETE", path, "application/json", {});

  async function call(method: string, at: string, type: string, body: object): Promise<void> {
    const headers = { "content-type": type };
    const answer = await callApiServer(server, at, { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.status < 300, `${method} ${at}: ${answer.body.toString()}`);
  }
}
