import { elementsOf, fieldOf, textOf, textsOf } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { resourcesOfDiscovery, resourcesOfLegacyList } from "#resources/discovery-document.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { RequestFailure } from "../request-failure.ts";
import { getDocument } from "./get-document.ts";

/** In the order of preference. A server that knows none of the first answers with the last. */
const ACCEPT = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json",
].join(",");

/**
 * All resources of the server, in its order of priority: two requests where the server aggregates (1.26 and later), else
 * one for each group version. A group whose own API server is down is left out.
 */
export async function discover(api: ApiClient, signal: AbortSignal): Promise<readonly ApiResource[] | RequestFailure> {
  const parts = await Promise.all(["/api", "/apis"].map((path) => discoverBelow(api, path, signal)));
  const failed = parts.find((part) => "type" in part);
  return failed ?? parts.flatMap((part) => ("type" in part ? [] : part));
}

async function discoverBelow(
  api: ApiClient,
  path: string,
  signal: AbortSignal,
): Promise<readonly ApiResource[] | RequestFailure> {
  const document = await getDocument(api, path, signal, { accept: ACCEPT });
  if (document.type !== "document") return document;
  if (textOf(document.value, "kind") === "APIGroupDiscoveryList") return resourcesOfDiscovery(document.value);
  const lists = await Promise.all(
    groupVersions(document.value).map(async ({ group, version }) => {
      const of = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
      const list = await getDocument(api, of, signal, { accept: ACCEPT });
      return list.type === "document" ? resourcesOfLegacyList(group, version, list.value) : [];
    }),
  );
  return lists.flat();
}

/** From `APIVersions` (core) or `APIGroupList`; the preferred version of each group first. */
function groupVersions(document: unknown): { readonly group: string; readonly version: string }[] {
  const core = textsOf(document, "versions").map((version) => ({ group: "", version }));
  const others = elementsOf(document, "groups").flatMap((entry) => {
    const group = textOf(entry, "name") ?? "";
    const preferred = textOf(fieldOf(entry, "preferredVersion"), "version") ?? "";
    const versions = elementsOf(entry, "versions").map((one) => textOf(one, "version") ?? "");
    return [preferred, ...versions.filter((one) => one !== preferred)].map((version) => ({ group, version }));
  });
  return [...core, ...others].filter(({ version }) => version !== "");
}
