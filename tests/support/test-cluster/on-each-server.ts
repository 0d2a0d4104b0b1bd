import { after, suite } from "node:test";
import { skipWithoutApiServer } from "../kube-api-server.ts";
import { openEmbeddedServer } from "./open-embedded-server.ts";
import { openKubeApiServer } from "./open-kube-api-server.ts";
import type { TestCluster } from "./test-cluster.ts";

export interface ServerUnderTest {
  /** Starts it, in the suite's `before`. It stops with the suite. */
  readonly open: () => Promise<TestCluster>;
  /** For the `skip` option of a test that the embedded server cannot take. */
  readonly onlyReal: (because: string) => string | false;
}

const TIMEOUT_MS = 240_000;

/** One suite for the embedded API server, and one for a real kube-apiserver where there is one. */
export function onEachServer(title: string, define: (server: ServerUnderTest) => void): void {
  suite(`${title}, on the embedded API server`, { timeout: TIMEOUT_MS }, () => {
    defineOn(openEmbeddedServer, (because) => `needs a kube-apiserver: ${because}`, define);
  });
  suite(`${title}, on a kube-apiserver`, { timeout: TIMEOUT_MS, skip: skipWithoutApiServer }, () => {
    defineOn(openKubeApiServer, () => false, define);
  });
}

function defineOn(
  start: () => Promise<TestCluster>,
  onlyReal: ServerUnderTest["onlyReal"],
  define: (server: ServerUnderTest) => void,
): void {
  let cluster: TestCluster | undefined;
  define({ open: async () => (cluster = await start()), onlyReal });
  // After what the suite itself has to end: these run in the order in which they are defined.
  after(() => cluster?.stop());
}
