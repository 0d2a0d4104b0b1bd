/** Where handlers come from: what `--handlers` says. */
import { isAbsolute, resolve } from "node:path";
import { isDnsLabel } from "#resources/dns-label.ts";
import { type Invalid, invalid } from "./config-result.ts";

export type HandlersOrigin =
  /** `path` is absolute. */
  | { readonly type: "directory"; readonly path: string }
  /** One ConfigMap, watched through the API. */
  | { readonly type: "configMap"; readonly namespace: string; readonly name: string }
  /** Every labelled ConfigMap of the runtime's own namespace. */
  | { readonly type: "configMaps" };

export type OriginResult = { readonly type: "ok"; readonly origin: HandlersOrigin } | Invalid;

export type DirectoryResult = { readonly type: "ok"; readonly path: string } | Invalid;

const DEFAULT_DIRECTORY = "handlers";
const CONFIG_MAPS = "configmaps";
const CONFIG_MAP = /^configmap\//;
/** A subdomain as in RFC 1123. */
const MAP_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

export function handlersOriginOf(text: string = DEFAULT_DIRECTORY, cwd: string): OriginResult {
  if (text === CONFIG_MAPS) return { type: "ok", origin: { type: "configMaps" } };
  if (!CONFIG_MAP.test(text)) {
    return { type: "ok", origin: { type: "directory", path: isAbsolute(text) ? text : resolve(cwd, text) } };
  }
  const [, namespace = "", name = "", ...rest] = text.split("/");
  if (!isDnsLabel(namespace) || !isConfigMapName(name) || rest.length > 0) {
    return invalid(
      `Cannot use --handlers "${text}": it takes configmap/NAMESPACE/NAME. A directory of that name is "./${text}".`,
    );
  }
  return { type: "ok", origin: { type: "configMap", namespace, name } };
}

/** For commands that read files. */
export function handlersDirectoryOf(text: string | undefined, cwd: string): DirectoryResult {
  const result = handlersOriginOf(text, cwd);
  if (result.type === "invalid") return result;
  if (result.origin.type === "directory") return { type: "ok", path: result.origin.path };
  return invalid(
    `Cannot use --handlers "${text}" here: only "informd start" takes handlers from a ConfigMap. Name the directory of their files.`,
  );
}

export function isConfigMapName(text: string): boolean {
  return MAP_NAME.test(text);
}

/** As somebody would write it. */
export function originText(origin: HandlersOrigin): string {
  switch (origin.type) {
    case "directory":
      return origin.path;
    case "configMap":
      return `configmap/${origin.namespace}/${origin.name}`;
    case "configMaps":
      return CONFIG_MAPS;
  }
}
