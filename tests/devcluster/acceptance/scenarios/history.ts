import { configMap } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";

/** Comes last: the real server forgets its history only when it is started anew. */
export const history: Scenario = {
  name: "history",
  async play(session) {
    await session.quietly("create -f -", ["a", "b", "c", "d"].map(map));
    const first = await session.http("a first page", { path: `${SELECTED}&limit=2` });
    const list = first.json as { metadata: { continue: string; resourceVersion: string } };
    const { continue: token, resourceVersion } = list.metadata;
    await session.quietly("delete cm a");
    await session.server.compact();
    const next = await session.http(
      "a next page whose list is forgotten",
      {
        path: `${SELECTED}&limit=2&continue=${token}`,
      },
      { expect: ["410", '"reason": "Expired"'] },
    );
    const fresh = next.json as { metadata: { continue?: string } };
    await session.http(
      "the rest as it is now",
      {
        path: `${SELECTED}&limit=2&continue=${fresh.metadata.continue}`,
      },
      { expect: ['"name": "c"', '"name": "d"'] },
    );
    await session.http(
      "a list that is forgotten",
      {
        path: `${SELECTED}&resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`,
      },
      { expect: "410" },
    );
    await session.http("a list not older than what is forgotten", {
      path: `${SELECTED}&resourceVersion=${resourceVersion}&resourceVersionMatch=NotOlderThan`,
    });
    await session.http(
      "a watch from what is forgotten",
      {
        path: `${SELECTED}&watch=true&timeoutSeconds=1&resourceVersion=1`,
      },
      { expect: ['"type": "ERROR"', '"code": 410'] },
    );
    await session.kubectl("kubectl goes on", "get cm -l set=history -o name");
  },
};

const SELECTED = "/api/v1/namespaces/history/configmaps?labelSelector=set%3Dhistory";

function map(name: string): object {
  return configMap(name, { a: "0" }, { labels: { set: "history" } });
}
