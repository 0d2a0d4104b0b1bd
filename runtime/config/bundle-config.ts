/** What `bundle` is asked for, with nothing left to decide. */
import { resolve } from "node:path";
import { isDnsLabel } from "#resources/dns-label.ts";
import { type ConfigResult, invalidFlag } from "./config-result.ts";

/** What the command line and `INFORMD_*` say. */
export interface BundleFlags {
  readonly handlers: string;
  readonly out?: string;
  readonly output?: "yaml" | "json";
  readonly name: string;
  readonly namespace?: string;
}

export interface BundleConfig {
  /** Absolute. */
  readonly handlers: string;
  /** Handler files as written. Empty: all. */
  readonly only: readonly string[];
  readonly to: BundleTarget;
  /** Of the ConfigMap. */
  readonly name: string;
  /** `undefined`: where it is applied. */
  readonly namespace: string | undefined;
}

export type BundleTarget =
  /** `directory` is absolute. */
  | { readonly type: "directory"; readonly directory: string }
  | { readonly type: "output"; readonly format: "yaml" | "json" };

/** RFC 1123: the name of a ConfigMap. */
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const DEFAULT_DIRECTORY = "dist/handlers";

export function resolveBundleConfig(
  only: readonly string[],
  { handlers, out, output, name, namespace }: BundleFlags,
  cwd: string,
): ConfigResult<BundleConfig> {
  if (handlers === "") return invalidFlag("handlers", "", "it is empty. Give it a value, or leave it out");
  if (out === "") return invalidFlag("out", "", "it is empty. Give it a value, or leave it out");
  if (out === "-") return invalidFlag("out", "-", "it is a directory. To print what a ConfigMap takes, use -o yaml");
  if (out !== undefined && output !== undefined) {
    return invalidFlag("out", out, `with --output ${output} nothing is written. Leave one of them out`);
  }
  if (!SUBDOMAIN.test(name)) {
    return invalidFlag("name", name, 'it takes lower-case letters, digits, "-" and ".", such as informd-handlers');
  }
  if (namespace !== undefined && !isDnsLabel(namespace)) {
    return invalidFlag("namespace", namespace, "it takes the name of one namespace, in lower case");
  }
  const to: BundleTarget = output
    ? { type: "output", format: output }
    : { type: "directory", directory: resolve(cwd, out ?? DEFAULT_DIRECTORY) };
  return { type: "ok", config: { handlers: resolve(cwd, handlers), only, to, name, namespace } };
}
