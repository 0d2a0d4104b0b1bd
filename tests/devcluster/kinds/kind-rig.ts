import type { TestContext } from "node:test";
import assert from "node:assert/strict";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { StatusError, type ApiStatus } from "#devcluster/api-status.ts";
import { clusterRig, type ClusterRig } from "../cluster-rig.ts";

/** A cluster where nobody acts but the test. It has the namespace `default`. */
export function kindRig(t: TestContext): ClusterRig {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "default" } });
  return rig;
}

/** What is stored when this is created in `default`, without what the server gives every object. */
export function created(rig: ClusterRig, resource: string, { metadata, ...rest }: Partial<NewObject>): ApiObject {
  const isNamespaced = rig.registry.all().find(({ storage }) => storage === resource)?.namespaced === true;
  const named = { name: "x", ...(isNamespaced && { namespace: "default" }), ...metadata };
  const object = rig.user.create(resource, { metadata: named, ...rest });
  assert.ok(object, `${resource} ${named.name} did not exist before`);
  return object;
}

/** The failure that it ends with. */
export function refusal(act: () => unknown): ApiStatus {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  assert.fail("nothing was refused");
}
