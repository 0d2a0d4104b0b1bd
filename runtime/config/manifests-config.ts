/** What `manifests` is asked for, with nothing left to decide. */
import { isAbsolute, resolve } from "node:path";
import { isDnsLabel } from "#resources/dns-label.ts";
import { labelRequirement, LabelSelectorError } from "#resources/label-requirement.ts";
import { parseQuantity } from "#resources/quantity.ts";
import { type ConfigResult, invalid, invalidFlag } from "./config-result.ts";
import { givenPaths } from "./given-paths.ts";
import { handlersDirectoryOf } from "./handlers-origin.ts";

/** What the command line and `INFORMD_*` say, as text. */
export interface ManifestsFlags {
  readonly handlers?: string;
  readonly namespace?: string;
  readonly existingNamespace?: boolean;
  readonly watchNamespace?: string;
  readonly name?: string;
  readonly image?: string;
  readonly load?: string;
  readonly memory?: string;
  readonly monitoring?: boolean;
  readonly monitoringLabel?: readonly string[];
  readonly scope?: readonly string[];
  readonly crds?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
}

export interface ManifestsConfig {
  /** Absolute. */
  readonly handlers: string;
  /** Where everything is made. */
  readonly namespace: string;
  /** It is not made here: somebody else sees to it. */
  readonly existingNamespace: boolean;
  /** What handlers watch that name no namespaces. `undefined`: all. */
  readonly watchNamespace: string | undefined;
  /** Of everything that is made. */
  readonly name: string;
  readonly image: string;
  /**
   * How the runtime gets its handlers from their ConfigMap: `mount` as files, `api` by watching it, `configmaps` by watching
   * it and every other one of its namespace that is labelled as it is.
   */
  readonly load: LoadForm;
  /** For the host: caches and builds. `undefined`: what is enough for 10,000 objects. */
  readonly hostMemoryBytes: number | undefined;
  readonly monitoring: boolean;
  /** For what `monitoring` adds, beside informd's own. */
  readonly monitoringLabels: Readonly<Record<string, string>>;
  readonly scopes: readonly KindScope[];
  /** Where definitions of custom kinds are: absolute paths, `-` is standard input. */
  readonly crds: readonly string[];
  /** `undefined`: no cluster is asked. */
  readonly cluster: { readonly kubeconfig: string | undefined; readonly context: string | undefined } | undefined;
}

export type LoadForm = "mount" | "api" | "configmaps";

/** Of a kind that is none of Kubernetes' own. */
export interface KindScope {
  readonly plural: string;
  readonly group: string;
  readonly namespaced: boolean;
}

const LOAD_FORMS: readonly LoadForm[] = ["mount", "api", "configmaps"];

/** RFC 1035: a Service has this name too, and may not begin with a digit. */
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** `certificates.cert-manager.io=Namespaced`, with or without a version. */
const SCOPE =
  /^(?<plural>[a-z][a-z0-9]*)(?:\.v\d+(?:(?:alpha|beta)\d+)?)?\.(?<group>[a-z0-9-]+(?:\.[a-z0-9-]+)+)=(?<scope>Namespaced|Cluster)$/;

export function resolveManifestsConfig(
  flags: ManifestsFlags,
  { cwd, version }: { readonly cwd: string; readonly version: string },
): ConfigResult<ManifestsConfig> {
  const { namespace = "informd", watchNamespace, name = "informd", image = `informd:${version}`, memory } = flags;
  const handlers = handlersDirectoryOf(flags.handlers, cwd);
  const load = LOAD_FORMS.find((form) => form === (flags.load ?? "mount"));
  const hostMemoryBytes = memory === undefined ? undefined : parseQuantity(memory);
  const scopes = (flags.scope ?? []).map((text) => ({ text, scope: parseScope(text) }));
  const labels = (flags.monitoringLabel ?? []).map((text) => ({ text, label: parseLabel(text) }));
  const wrongScope = scopes.find(({ scope }) => !scope);
  const wrongLabel = labels.find(({ label }) => !label);
  if (flags.handlers === "") return invalidFlag("handlers", "", "it is empty. Give it a value, or leave it out");
  if (handlers.type === "invalid") return handlers;
  if (!isDnsLabel(namespace)) return invalidFlag("namespace", namespace, ONE_NAMESPACE);
  if (watchNamespace !== undefined && !isDnsLabel(watchNamespace))
    return invalidFlag("watch-namespace", watchNamespace, ONE_NAMESPACE);
  if (!NAME.test(name))
    return invalidFlag(
      "name",
      name,
      'it takes lower-case letters, digits and "-", begins with a letter, and has at most 63',
    );
  if (image === "" || /\s/.test(image)) return invalidFlag("image", image, "it takes the name of an image");
  if (!load) return invalidFlag("load", flags.load ?? "", `it takes mount, api or configmaps`);
  if (memory !== undefined && (hostMemoryBytes ?? 0) === 0)
    return invalidFlag("memory", memory, "it takes a quantity such as 512Mi or 2Gi");
  if (wrongScope)
    return invalidFlag(
      "scope",
      wrongScope.text,
      "it takes PLURAL.GROUP=Namespaced or =Cluster, such as certificates.cert-manager.io=Namespaced",
    );
  const kinds = flags.crds ? "--crds" : flags.scope && "--scope";
  if (kinds && (flags.kubeconfig ?? flags.context) !== undefined) {
    const cluster = flags.kubeconfig === undefined ? "--context" : "--kubeconfig";
    return invalid(`Cannot use ${kinds} with ${cluster}: the cluster tells of kinds itself. Leave one of them out.`);
  }
  if (wrongLabel)
    return invalidFlag("monitoring-label", wrongLabel.text, "it takes KEY=VALUE, such as release=prometheus");
  const config: ManifestsConfig = {
    handlers: handlers.path,
    namespace,
    existingNamespace: flags.existingNamespace ?? false,
    watchNamespace,
    name,
    image,
    load,
    hostMemoryBytes,
    monitoring: flags.monitoring ?? labels.length > 0,
    monitoringLabels: Object.fromEntries(labels.flatMap(({ label }) => (label ? [label] : []))),
    scopes: scopes.flatMap(({ scope }) => scope ?? []),
    crds: givenPaths(flags.crds ?? [], cwd),
    cluster: clusterOf(flags, cwd),
  };
  return { type: "ok", config: Object.freeze(config) };
}

const ONE_NAMESPACE = "it takes the name of one namespace, in lower case";

function parseScope(text: string): KindScope | undefined {
  const { plural, group, scope } = SCOPE.exec(text)?.groups ?? {};
  if (plural === undefined || group === undefined) return undefined;
  return { plural, group, namespaced: scope === "Namespaced" };
}

function parseLabel(text: string): readonly [key: string, value: string] | undefined {
  const [key = "", value, ...rest] = text.split("=");
  if (value === undefined || rest.length > 0) return undefined;
  try {
    labelRequirement(key, "=", [value]);
    return [key, value];
  } catch (error) {
    if (error instanceof LabelSelectorError) return undefined;
    throw error;
  }
}

function clusterOf({ kubeconfig, context }: ManifestsFlags, cwd: string): ManifestsConfig["cluster"] {
  if (kubeconfig === undefined && context === undefined) return undefined;
  return { kubeconfig: kubeconfig === undefined ? undefined : absolute(kubeconfig, cwd), context };
}

function absolute(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}
