import { ApiClient } from "#kubernetes/http/api-client.ts";
import { readText } from "#kubernetes/http/body-text.ts";
import type { UserEntry } from "#kubernetes/cluster-config.ts";
import { Connections } from "#kubernetes/http/connections.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import { UserCredentials } from "#kubernetes/credentials/user-credentials.ts";
import { clusterConfig } from "./cluster-builders.ts";
import { FakeClock } from "./fake-clock.ts";
import { type Answer, ScriptedServer } from "./scripted-server.ts";

/** A client before a server that answers as it is told, on a clock that is turned by hand. */
export interface ClientBench extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  /** Sends a request and gives the body or the failure. */
  send(method?: "GET" | "POST", signal?: AbortSignal): Promise<string | RequestFailure>;
}

export async function startClient(
  answers: readonly Answer[],
  user?: Partial<UserEntry>,
  basePath = "",
): Promise<ClientBench> {
  const server = await ScriptedServer.start(answers);
  const clock = new FakeClock();
  const config = clusterConfig(`http://127.0.0.1:${server.port}${basePath}`, user);
  const connections = new Connections(config.cluster, clock);
  const credentials = new UserCredentials(config, clock, {});
  const api = new ApiClient({ server: config.cluster.server, connections, credentials, clock });
  return {
    server,
    clock,
    async send(method = "GET", signal = new AbortController().signal) {
      const answer = await api.send(
        { method, path: "/api/v1/pods", ...(method === "POST" ? { body: "{}" } : {}) },
        signal,
      );
      return answer.type === "response" ? readText(answer, 1_000) : answer;
    },
    async [Symbol.asyncDispose]() {
      await connections.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
