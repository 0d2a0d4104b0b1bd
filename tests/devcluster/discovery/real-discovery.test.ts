import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createDiscovery } from "#devcluster/discovery/discovery.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { startKubeApiServer, skipWithoutApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { jsonAt } from "../support/api-server-calls.ts";

const AGGREGATED = { g: "apidiscovery.k8s.io", v: "v2", as: "APIGroupDiscoveryList" };

describe("discovery equals that of a real server", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;
  const discovery = createDiscovery(builtInResources);
  const plain = (path: string): unknown => discovery({ path, query: new URLSearchParams(), accept: [] })?.body;

  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  for (const path of ["/api", "/apis"]) {
    test(`aggregated ${path}`, async () => {
      const accept = [{ type: "application/json", parameters: AGGREGATED }];
      const document = discovery({ path, query: new URLSearchParams(), accept });
      const type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
      assert.equal(document?.contentType, type);
      assert.deepEqual(document.body, await jsonAt(server, path, type));
    });
  }

  test("the list of groups", async () => {
    assert.deepEqual(plain("/apis"), await jsonAt(server, "/apis"));
  });

  test("every group and every group version", async () => {
    const groups = new Set(builtInResources().map(({ group }) => group));
    const versions = new Set(builtInResources().map(({ group, version }) => `${group}/${version}`));
    for (const name of [...groups, ...versions].filter((name) => name !== "")) {
      const path = name.startsWith("/") ? `/api${name}` : `/apis/${name}`;
      assert.deepEqual(plain(path), withoutStorageHashes(await jsonAt(server, path)), path);
    }
  });
});

function withoutStorageHashes(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === "storageVersionHash" ? undefined : value)),
  );
}
