const REALM_FILE = "informd-realm.js";
const DEPTH = 50;

/** Stack traces that name the handler's own places. vm2 hides them; the host maps them to TypeScript. */
export function formatStacks(): void {
  Error.stackTraceLimit = DEPTH;
  Error.prepareStackTrace = (error, sites) => {
    let text = headline(error);
    for (let index = 0; index < sites.length; index++) text += frameOf(sites[index]);
    return text;
  };
}

function headline(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}

function frameOf(site: NodeJS.CallSite | undefined): string {
  const file = site?.getFileName();
  if (!site || !file || file === REALM_FILE || isOutside(file)) return "";
  const place = `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const name = site.getFunctionName();
  const prefix = `\n    at ${isAsync(site) ? "async " : ""}`;
  return name ? `${prefix}${name} (${place})` : `${prefix}${place}`;
}

/** The guest's own code and Node's. vm2 leaves them out itself. */
function isOutside(file: string): boolean {
  return file[0] === "/" || (file[0] === "n" && file[4] === ":");
}

function isAsync(site: NodeJS.CallSite): boolean {
  return "isAsync" in site && typeof site.isAsync === "function" && site.isAsync();
}
