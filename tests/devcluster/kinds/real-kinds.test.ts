/** Every kind is created, changed and deleted on a real server and on the embedded one, which answer alike. */
import assert from "node:assert/strict";
import { after, before, suite, test, type TestContext } from "node:test";
import { apiVersionOf } from "#resources/api-resource.ts";
import { bootstrap } from "#devcluster/controllers/bootstrap.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { clusterRig } from "../cluster-rig.ts";
import { SAMPLES } from "../support/samples/all.ts";
import type { Sample } from "../support/samples/sample.ts";
import { differences, twinServers, type TwinRequest } from "./twin-servers.ts";
import { STORIES } from "./stories.ts";

/**
 * What the embedded server does not do: it knows no users, keeps empty lists where Go makes them null, and does not look
 * after its own configuration.
 */
const KNOWN = [
  / (apiservices.apiregistration|flowschemas.flowcontrol.apiserver).k8s.io \S+ .status.conditions/,
  / certificatesigningrequests.certificates.k8s.io \S+ .metadata.managedFields: real undefined /,
  / certificatesigningrequests.certificates.k8s.io \S+ .spec.uid: real "uid" embedded undefined$/,
  /: real null embedded \[\]$/,
];

suite("kinds on a real server", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer({ flags: ["--service-cluster-ip-range=10.96.0.0/16"] });
  });
  after(() => server.stop());

  test("each kind is created, changed, reported on and deleted as on a real server", async (t) => {
    const ask = twinServers(server, quietCluster(t));
    const found: string[] = [];
    for (const requestOf of [creation, relabelling, report, deletion])
      for (const sample of SAMPLES)
        for (const request of requestOf(sample)) found.push(...differences(await ask(request)));
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

function creation({ object }: Sample): readonly TwinRequest[] {
  return [{ ...namedBy(object), verb: "create", body: object }];
}

function relabelling({ object }: Sample): readonly TwinRequest[] {
  const metadata = { labels: { q: "r" }, annotations: { x: "y" } };
  return [
    { ...namedBy(object), verb: "patch", body: { metadata } },
    { ...namedBy(object), verb: "patch", body: { status: { of: "nothing" } } },
  ];
}

function report({ object, status = {} }: Sample): readonly TwinRequest[] {
  if (!resourceOf(object).subresources["status"]) return [];
  return [
    { ...namedBy(object), verb: "patch", subresource: "status", body: { metadata: { labels: { s: "t" } }, status } },
  ];
}

function deletion({ object }: Sample): readonly TwinRequest[] {
  return [{ ...namedBy(object), verb: "delete" }];
}

function namedBy(object: Sample["object"]): { readonly resource: string; readonly name: string } {
  return { resource: resourceOf(object).storage, name: object.metadata.name };
}

function resourceOf({ apiVersion, kind }: Sample["object"]): ServedResource {
  const found = builtInResources().find(
    (resource) => apiVersionOf(resource) === apiVersion && resource.kind === kind && resource.verbs.includes("create"),
  );
  assert.ok(found, kind);
  return found;
}
