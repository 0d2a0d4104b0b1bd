// The ConfigMap that a Site describes. The Site owns it, so that it goes with the Site.
import type { HandlerContext, Lister, Resources } from "informd";

type ConfigMap = Resources["configmaps"];
type Site = Resources["sites.example.com"];

const FILE = "index.html";
const PREFIX = "site-";

/** What the names of pages look like, for the option `names`. */
export const PAGES = `${PREFIX}*`;

/**
 * Writes a Site's page, unless it is there as it should be. False: a ConfigMap with its name is somebody else's.
 * `apply` takes over fields that others have written, so such a one has to be left out here.
 */
export async function makePage(
  site: Site,
  configMaps: Lister<ConfigMap>,
  { kube, log }: Pick<HandlerContext, "kube" | "log">,
): Promise<boolean> {
  const page = pageOf(site);
  const { name, namespace } = page.metadata;
  const found = configMaps.get(name, namespace);
  if (found && !isOwnedBy(found, site)) return false;
  if (found?.data?.[FILE] === page.data[FILE]) return true;
  await kube.apply(page);
  log.info("page written", { site: site.metadata.name, page: name });
  return true;
}

export function pageNameOf(site: Site): string {
  return `${PREFIX}${site.metadata.name}`;
}

export function siteNameOf(page: ConfigMap): string {
  return page.metadata.name.slice(PREFIX.length);
}

function pageOf(site: Site) {
  const { apiVersion, kind, metadata, spec } = site;
  const { name, namespace, uid } = metadata;
  const { title, paragraphs = [], language = "en" } = spec;
  const body = [`<h1>${escaped(title)}</h1>`, ...paragraphs.map((text) => `<p>${escaped(text)}</p>`)].join("\n");
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: pageNameOf(site),
      namespace,
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
    },
    data: { [FILE]: `<!doctype html>\n<html lang="${language}"><title>${escaped(title)}</title>\n${body}\n</html>\n` },
  };
}

/** By the UID: a Site that is made again under its old name is another one. */
function isOwnedBy({ metadata: { ownerReferences = [] } }: ConfigMap, site: Site): boolean {
  return ownerReferences.some(({ uid, controller }) => controller === true && uid === site.metadata.uid);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
