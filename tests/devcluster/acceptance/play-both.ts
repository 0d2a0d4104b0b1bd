import type { Recorded } from "./compare.ts";
import type { Observation, Scenario } from "./scenario.ts";
import { Session } from "./session.ts";
import type { TestedServer } from "./tested-server.ts";

export interface TestedServers {
  readonly embedded: TestedServer;
  readonly real: TestedServer;
}

/** Plays a scenario on both servers at the same time. */
export async function playBoth(scenario: Scenario, { embedded, real }: TestedServers): Promise<Recorded> {
  const [ours, theirs] = await Promise.all([play(scenario, embedded), play(scenario, real)]);
  return { embedded: ours, real: theirs };
}

async function play({ name, play: steps }: Scenario, server: TestedServer): Promise<readonly Observation[]> {
  const session = new Session(server, name);
  try {
    const metadata = { name };
    await session.ask({ method: "POST", path: "/api/v1/namespaces", body: { metadata } });
    await steps(session);
    return session.observations;
  } catch (error) {
    throw new Error(`Cannot play "${name}" on the ${server.name} server`, { cause: error });
  } finally {
    session.end();
  }
}
