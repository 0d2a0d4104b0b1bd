export type FetchProxies = Readonly<Record<"https" | "http" | "except", string>>;

/** The proxies for `fetch`, as most programs read them from the environment; `""` for none. */
export function fetchProxies(environment: Readonly<Record<string, string | undefined>>): FetchProxies {
  const read = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? "";
  return { https: read("HTTPS_PROXY"), http: read("HTTP_PROXY"), except: read("NO_PROXY") };
}
