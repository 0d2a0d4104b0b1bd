// Makes the page of a Site again that somebody has changed or deleted.
// The status is site-changed.ts's alone: two handlers run at the same time, and one could write what it knew before over what the other knows now.
import { on } from "informd";
import { makePage, PAGES, siteNameOf } from "./_page.ts";

export default on(
  "configmaps",
  {
    events: ["updated", "deleted"],
    names: [PAGES],
    listers: { sites: { resource: "sites.example.com" } },
    allow: { kube: ["create,patch configmaps"] },
  },
  async ({ object }, { lister, listers, kube, log }) => {
    const site = listers.sites.get(siteNameOf(object), object.metadata.namespace);
    if (site && site.metadata.deletionTimestamp === undefined) await makePage(site, lister, { kube, log });
  },
);
