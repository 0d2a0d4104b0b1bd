import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import {
  createClusterClient,
  type ClusterClient,
  type NewObject,
} from "#devcluster/controllers/reconciling/cluster-client.ts";
import type { ControllerProblem } from "#devcluster/controllers/reconciling/run-reconciler.ts";
import { startControllers, type ClusterParts } from "#devcluster/controllers/start-controllers.ts";
import { rulesOf } from "#devcluster/kinds/rules-of.ts";
import { createApiOperations } from "#devcluster/operations/create-api-operations.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { ResourceRegistry } from "#devcluster/registry/resource-registry.ts";
import type { Change } from "#devcluster/storage/change.ts";
import { ObjectStore } from "#devcluster/storage/object-store.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { randomFrom } from "../support/random.ts";

/** An embedded cluster without HTTP, on a clock that stands still. */
export interface ClusterRig extends ClusterParts {
  readonly clock: FakeClock;
  /** Writes as a person would. */
  readonly user: ClusterClient;
  /** Every change so far. */
  readonly changes: readonly Change[];
  /** What controllers reported; a test that expects none need not look. */
  readonly problems: ControllerProblem[];
  readonly signal: AbortSignal;
  /** Throws unless it exists. `key` is `namespace/name` or `name`. */
  read(resource: string, key: string): ApiObject;
  names(resource: string, namespace?: string): readonly string[];
  /** `ADDED pods default/a`, of these resources. */
  events(...resources: readonly string[]): readonly string[];
}

export interface RigOptions {
  /** Bootstrap objects and the controllers that always run. @default true */
  readonly controllers?: boolean;
  /** @default 1 */
  readonly seed?: number;
}

/** Stops when the test ends, which fails if a controller reported a problem that the test has not taken out. */
export function clusterRig(t: TestContext, { controllers = true, seed = 1 }: RigOptions = {}): ClusterRig {
  const stop = new AbortController();
  const [clock, store, random] = [new FakeClock(), new ObjectStore(), randomFrom(seed)];
  const registry = new ResourceRegistry(builtInResources());
  let uids = 0;
  const newUid = (): string => `00000000-0000-4000-8000-${String(++uids).padStart(12, "0")}`;
  const operations = createApiOperations({ store, registry, clock, random, newUid, rulesOf });
  const problems: ControllerProblem[] = [];
  const changes: Change[] = [];
  const parts = {
    store,
    registry,
    operations,
    clock,
    random,
    report: (problem: ControllerProblem) => void problems.push(problem),
  };
  store.follow((change) => void changes.push(change));
  if (controllers)
    startControllers(
      parts,
      { address: { host: "127.0.0.1", port: 6443 }, rootCertificate: "a certificate" },
      stop.signal,
    );
  const user = createClusterClient(parts, "kubectl");
  t.after(() => {
    stop.abort();
    assert.deepEqual(clock.pending, [], "no timer is left behind");
    assert.deepEqual(problems.splice(0), [], "no controller reported a problem");
  });
  return {
    ...parts,
    user,
    changes,
    problems,
    signal: stop.signal,
    read(resource, key) {
      const object = user.get(resource, keyFrom(key));
      assert.ok(object, `${resource} ${key} exists`);
      return object;
    },
    names: (resource, namespace) => user.list(resource, namespace).map(({ metadata }) => metadata.name),
    events: (...resources) =>
      changes
        .filter(({ storage }) => resources.includes(storage))
        .map(({ type, storage, object: { metadata } }) =>
          [type, storage, [metadata.namespace, metadata.name].filter(Boolean).join("/")].join(" "),
        ),
  };
}

/** A ConfigMap, which no controller cares about. */
export function configMap(key: string, metadata: object = {}): NewObject {
  return { metadata: { ...keyFrom(key), ...metadata } };
}

function keyFrom(key: string): { namespace: string; name: string } {
  const [first = "", second] = key.split("/");
  return second === undefined ? { namespace: "", name: first } : { namespace: first, name: second };
}
