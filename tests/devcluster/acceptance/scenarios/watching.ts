import { pod } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";

/** Long enough for kubectl to be watching. */
const LATER_MS = 1000;

export const watching: Scenario = {
  name: "watching",
  async play(session) {
    await session.quietly("create -f -", pod("p0", { metadata: { labels: { run: "p0" } } }));
    await session.watch("a watch shows a row for each change", "get pods -w", {
      ready: /^p0 /m,
      during: async () => {
        await session.quietly("label pod p0 a=b");
        await session.quietly("run p1 --image=busybox");
        await session.quietly("delete pod p1");
      },
      lines: 5,
    });
    await session.watch("a watch tells the types of changes", "get pods -w --output-watch-events", {
      ready: /p0 /m,
      during: async () => {
        await session.quietly("label pod p0 a=c --overwrite");
        await session.quietly("run p2 --image=busybox");
        await session.quietly("delete pod p2");
      },
      lines: 5,
    });
    await session.watch(
      "an object that leaves the selection is deleted",
      "get pods -w -l run=p0 --output-watch-events",
      {
        ready: /p0 /m,
        during: async () => {
          await session.quietly("label pod p0 run=away --overwrite");
          await session.quietly("label pod p0 run=p0 --overwrite");
        },
        lines: 4,
      },
    );
    await session.watch("one object is watched", "get pod p0 -w -o name", {
      ready: /p0/m,
      during: () => session.quietly("annotate pod p0 a=b"),
      lines: 2,
    });
    await session.watch("only changes are watched", "get pods --watch-only", {
      afterMs: LATER_MS,
      during: () => session.quietly("annotate pod p0 a=c --overwrite"),
      lines: 2,
    });
  },
};
