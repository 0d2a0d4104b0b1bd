// What a Site says of itself: `kubectl get sites` shows it, and `kubectl wait --for=condition=Ready site/home` waits for it.
import type { Resources } from "informd";

type Site = Resources["sites.example.com"];
type Status = NonNullable<Site["status"]>;

export function statusOf(site: Site, configMap: string, isMade: boolean): Status {
  const ready = isMade ? made() : taken(configMap);
  const before = readyIn(site.status);
  // Not each time that it is looked at: the time tells since when it is so.
  const lastTransitionTime = before?.status === ready.status ? before.lastTransitionTime : new Date().toISOString();
  return {
    configMap,
    observedGeneration: site.metadata.generation ?? 0,
    conditions: [{ type: "Ready", ...ready, lastTransitionTime }],
  };
}

export function isSameStatus(before: Status | undefined, after: Status): boolean {
  return (
    before?.observedGeneration === after.observedGeneration &&
    before?.configMap === after.configMap &&
    readyIn(before)?.reason === readyIn(after)?.reason
  );
}

function made() {
  return { status: "True", reason: "PageMade", message: "The page is there" } as const;
}

function taken(configMap: string) {
  const message = `The ConfigMap "${configMap}" is not of this Site: delete it, or give the Site another name`;
  return { status: "False", reason: "NameTaken", message } as const;
}

function readyIn(status: Status | undefined) {
  return status?.conditions?.find(({ type }) => type === "Ready");
}
