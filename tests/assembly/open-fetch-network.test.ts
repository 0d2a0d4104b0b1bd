import assert from "node:assert/strict";
import { test } from "node:test";
import { openFetchNetwork } from "#assembly/open-fetch-network.ts";
import { FakeClock } from "../support/fake-clock.ts";

const IN_CLUSTER = { KUBERNETES_SERVICE_HOST: "10.96.0.1" };

/** Whether a host is refused as the API server's, of which nothing is resolved. */
async function isApiServer(
  host: string,
  server: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const network = openFetchNetwork(new FakeClock(), { environment, server });
  return network.checkHost(host, true).then(
    () => false,
    ({ reach }: { reach: unknown }) => reach === "apiServer",
  );
}

test("the API server of the kubeconfig is refused by the name that it has there", async () => {
  assert.equal(await isApiServer("api.example", "https://API.example.:6443/cluster"), true);
  assert.equal(await isApiServer("[2606:4700::1]", "https://[2606:4700:0::1]:6443"), true);
  assert.equal(await isApiServer("other.example", "https://api.example:6443"), false);
});

test("in a cluster its address and the names of its Service are refused, which a proxy would resolve", async () => {
  const names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];
  for (const host of ["10.96.0.1", ...names]) {
    assert.equal(await isApiServer(host, "https://10.96.0.1:443", IN_CLUSTER), true, host);
  }
  assert.equal(await isApiServer("kubernetes.default.svc", undefined), false);
});
