// Makes a page again that somebody has changed or deleted, as long as its Site is there.
import { on } from "informd";
import { isSamePage, pageOf, PAGES, siteOf } from "./_page.ts";

export default on(
  "configmaps",
  {
    events: ["updated", "deleted"],
    labelSelector: PAGES,
    listers: { sites: { resource: "sites.example.com" } },
    allow: { kube: ["create,patch configmaps"] },
  },
  async ({ type, object }, { listers, kube, log }) => {
    const { name, namespace } = object.metadata;
    const site = listers.sites.get(siteOf(object) ?? "", namespace);
    if (!site || site.metadata.deletionTimestamp !== undefined) return;
    const page = pageOf(site);
    if (type === "updated" && isSamePage(object, page)) return;
    await kube.apply(page);
    log.info("page restored", { name, site: site.metadata.name });
  },
);
