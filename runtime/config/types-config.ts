/** What `types` is asked for, with nothing left to decide. */
import { join, resolve } from "node:path";
import { type ConfigResult, invalid, invalidFlag } from "./config-result.ts";
import { givenPaths } from "./given-paths.ts";
import { handlersDirectoryOf } from "./handlers-origin.ts";

/** What the command line and `INFORMD_*` say, as text. */
export interface TypesFlags {
  readonly crds?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly handlers?: string;
  readonly out?: string;
}

export interface TypesConfig {
  readonly from: TypesFrom;
  /** An absolute path; `undefined`: standard output. */
  readonly out: string | undefined;
}

export type TypesFrom =
  /** Absolute paths; `-` is standard input. */
  | { readonly type: "files"; readonly paths: readonly string[] }
  | { readonly type: "cluster"; readonly kubeconfig: string | undefined; readonly context: string | undefined };

/** The loader takes no `*.d.ts` for a handler. */
const FILE_NAME = "informd-types.d.ts";

export function resolveTypesConfig(flags: TypesFlags, cwd: string): ConfigResult<TypesConfig> {
  const { crds, kubeconfig, context, out } = flags;
  const handlers = handlersDirectoryOf(flags.handlers, cwd);
  if (handlers.type === "invalid") return handlers;
  for (const [name, value] of Object.entries({ kubeconfig, context, out, handlers: flags.handlers })) {
    if (value === "") return invalidFlag(name, "", "it is empty. Give it a value, or leave it out");
  }
  const cluster = kubeconfig === undefined ? "--context" : "--kubeconfig";
  if (crds && (kubeconfig ?? context) !== undefined)
    return invalid(`Cannot use --crds with ${cluster}: types are of files or of a cluster. Leave one of them out.`);
  if (out !== undefined && out !== "-" && !/\.d\.[cm]?ts$/.test(out))
    return invalidFlag("out", out, "a file of types ends in .d.ts; another could be taken for a handler");
  const config: TypesConfig = {
    from: crds
      ? { type: "files", paths: givenPaths(crds, cwd) }
      : { type: "cluster", kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig), context },
    out: out === "-" ? undefined : out === undefined ? join(handlers.path, FILE_NAME) : resolve(cwd, out),
  };
  return { type: "ok", config: Object.freeze(config) };
}
