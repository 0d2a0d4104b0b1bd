// What a Site is to become: the ConfigMap with its page. The Site owns it, so that it goes with the Site.
import type { Resources } from "informd";

type Site = Resources["sites.example.com"];

const PAGE = "index.html";
/** Tells pages from other ConfigMaps. */
export const PAGES = "app.kubernetes.io/managed-by=tiny-operator";
const LABELS = Object.fromEntries([PAGES.split("=")]);

export function pageOf({ apiVersion, kind, metadata: { name, namespace, uid }, spec }: Site) {
  const { title, paragraphs = [], language = "en" } = spec;
  const body = [`<h1>${escaped(title)}</h1>`, ...paragraphs.map((text) => `<p>${escaped(text)}</p>`)].join("\n");
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: `${name}-page`,
      namespace,
      labels: LABELS,
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
    },
    data: { [PAGE]: `<!doctype html>\n<html lang="${language}"><title>${escaped(title)}</title>\n${body}\n</html>\n` },
  };
}

/** The Site that a page is of. */
export function siteOf({ metadata: { ownerReferences = [] } }: Resources["configmaps"]): string | undefined {
  return ownerReferences.find(({ kind, controller }) => kind === "Site" && controller)?.name;
}

export function isSamePage({ data }: Resources["configmaps"], page: ReturnType<typeof pageOf>): boolean {
  return data?.[PAGE] === page.data[PAGE];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
