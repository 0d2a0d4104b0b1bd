/** Every kind is created, changed and deleted on a real server and on the embedded one, which answer alike. */
import assert from "node:assert/strict";
import { after, before, suite, test, type TestContext } from "node:test";
import { apiVersionOf } from "#resources/api-resource.ts";
import { bootstrap } from "#devcluster/controllers/bootstrap.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { builtInResources } from "#devcluster/registry/built-in-resources.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { clusterRig } from "../cluster-rig.ts";
import { SAMPLES } from "../support/samples/all.ts";
import type { Sample } from "../support/samples/sample.ts";
import { differences, twinServers, type TwinRequest } from "./twin-servers.ts";
import { STORIES } from "./stories.ts";

/** What the embedded server does not do: it knows no users, and keeps empty lists where Go makes them null. */
const KNOWN = [
  / certificatesigningrequests.certificates.k8s.io pending .metadata.managedFields: real undefined /,
  / certificatesigningrequests.certificates.k8s.io pending .spec.uid: real "uid" embedded undefined$/,
  /: real null embedded \[\]$/,
];

suite("kinds on a real server", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer({ flags: ["--service-cluster-ip-range=10.96.0.0/16"] });
  });
  after(() => server.stop());

  test("a new object of each kind is what it is on a real server, and so is what its deletion answers", async (t) => {
    const ask = twinServers(server, quietCluster(t));
    const found: string[] = [];
    for (const verb of ["create", "delete"] as const)
      for (const sample of SAMPLES) found.push(...differences(await ask(requestFor(verb, sample))));
    assert.deepEqual(
      found.filter((difference) => !KNOWN.some((known) => known.test(difference))),
      [],
    );
  });

  for (const [title, requests] of Object.entries(STORIES))
    test(title, async (t) => {
      const ask = twinServers(server, quietCluster(t));
      const found: string[] = [];
      for (const request of requests) found.push(...differences(await ask(request)));
      assert.deepEqual(found, []);
    });
});

function quietCluster(t: TestContext): ReturnType<typeof clusterRig> {
  const rig = clusterRig(t, { controllers: false });
  bootstrap(rig.user, { address: { host: "127.0.0.1", port: 6443 } });
  return rig;
}

function requestFor(verb: "create" | "delete", { object }: Sample): TwinRequest {
  const { storage } = resourceOf(object);
  const { name } = object.metadata;
  return { verb, resource: storage, name, ...(verb === "create" && { body: object }) };
}

function resourceOf({ apiVersion, kind }: Sample["object"]): ServedResource {
  const found = builtInResources().find(
    (resource) => apiVersionOf(resource) === apiVersion && resource.kind === kind && resource.verbs.includes("create"),
  );
  assert.ok(found, kind);
  return found;
}
