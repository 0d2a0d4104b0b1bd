/** An embedded cluster without simulation in a process of its own. Prints one line of JSON: how to reach it, and what its start took. */
import { createServingCredentials } from "#devcluster/credentials/serving-credentials.ts";
import { startEmbeddedCluster } from "#devcluster/embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";

const startedAt = performance.now();
const credentials = createServingCredentials({ clock: systemClock });
const cluster = await startEmbeddedCluster(
  { clock: systemClock, random: Math.random, onError: console.error },
  { credentials },
);
const startMs = performance.now() - startedAt;
const { ca, token } = credentials;
console.log(JSON.stringify({ server: cluster.server, ca, token, startMs, pid: process.pid }));
