/**
 * Everything that a cluster needs to run the handlers of a directory, with exactly the rights that they ask for.
 * It writes nothing; with a cluster it only asks which kinds there are. The command `manifests` calls it.
 */
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { Clock } from "#kernel/clock.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import type { BundledFile } from "../bundle/bundled-file.ts";
import { bundleHandlers } from "../bundle/bundle-handlers.ts";
import { tooBig } from "../bundle/too-big.ts";
import { connect } from "../connect.ts";
import type { GivenText } from "../given/given-files.ts";
import { idleEntries } from "../idle-entries.ts";
import { needlessNamespaces } from "../needless-namespaces.ts";
import { accessObjects } from "./access.ts";
import { deployment } from "./deployment.ts";
import { findResources, type FoundResources } from "./find-resources.ts";
import { handlersMap, handlersMapName } from "./handlers-map.ts";
import { identityOf } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";
import { manifestHeader } from "./manifest-header.ts";
import { manifestText } from "./manifest-text.ts";
import { monitoringObjects } from "./monitoring.ts";
import { namespaceObject } from "./namespace.ts";
import { policyRules } from "./policy-rules.ts";
import { type KnownResources, namedResources, rightsOfHandler, rightsOfRuntime } from "./rights.ts";
import { service } from "./service.ts";
import { serviceAccount } from "./service-account.ts";
import { toldKinds } from "./told-kinds.ts";

export type MadeManifests =
  | { readonly type: "made"; readonly text: string; readonly warnings: readonly Problem[] }
  /** Handler files that do not load, or name namespaces for what is in none. */
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface ManifestsDeps {
  readonly clock: Clock;
  /** Of informd. */
  readonly version: string;
  /** For the kubeconfig. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ManifestsRequest {
  readonly config: ManifestsConfig;
  /** What `config.crds` names; `undefined`: it names nothing. */
  readonly definitions: readonly GivenText[] | undefined;
  /** What made them, for the comment above them. */
  readonly command: string;
}

export async function makeManifests(
  deps: ManifestsDeps,
  request: ManifestsRequest,
  signal: AbortSignal,
): Promise<MadeManifests> {
  const { clock, version } = deps;
  const { config, command } = request;
  const { handlers: directory } = config;
  const bundled = await bundleHandlers(clock, { directory, prefer: "source", action: "make manifests of" });
  if (bundled.type !== "bundled") return bundled;
  const { revisions, files, warnings } = bundled;
  const excess = tooBig(files, directory);
  if (excess !== undefined) return { type: "failed", message: excess };
  const found = await resolveNames(deps, request, revisions, signal);
  if (found.type === "failed") return found;
  const { resources } = found;
  const problems = revisions.flatMap((one) => needlessNamespaces(one, resources.get(one.options.resource)));
  if (problems.length > 0) return { type: "notLoaded", problems };
  const objects = objectsOf(config, version, { revisions, files, resources });
  return {
    type: "made",
    warnings: [...warnings, ...revisions.flatMap((one) => idleEntries(one, (name) => resources.get(name)))],
    text: manifestText(manifestHeader(config, { version, command, revisions, objects }), objects),
  };
}

async function resolveNames(
  deps: ManifestsDeps,
  { config: { cluster: wanted, scopes }, definitions }: ManifestsRequest,
  revisions: readonly Revision[],
  signal: AbortSignal,
): Promise<FoundResources> {
  const named = revisions.flatMap(namedBy);
  if (!wanted) {
    const told = toldKinds(scopes, definitions);
    return told.type === "failed" ? told : findResources(named, told, signal);
  }
  const cluster = connect(wanted, deps);
  if (cluster instanceof ClusterConfigError) return { type: "failed", message: cluster.message };
  try {
    const { server, catalog } = cluster;
    return await findResources(named, { type: "cluster", server, catalog }, signal);
  } finally {
    await cluster.close();
  }
}

function namedBy({ handler, options }: Revision): { readonly name: string; readonly handler: string }[] {
  return namedResources(options).map((name) => ({ name, handler }));
}

interface Contents {
  readonly revisions: readonly Revision[];
  readonly files: readonly BundledFile[];
  readonly resources: KnownResources;
}

/** In the order in which they can be applied. */
function objectsOf(config: ManifestsConfig, version: string, { revisions, files, resources }: Contents): KubeObject[] {
  const identity = identityOf(config, version);
  const handlers = revisions.map(({ options }) => options);
  const namespace = namespaceObject(identity, config);
  const rights = [
    ...rightsOfRuntime(config, handlersMapName(identity)),
    ...handlers.flatMap((options) => rightsOfHandler(options, resources, config.watchNamespace)),
  ];
  return [
    ...(namespace ? [namespace] : []),
    serviceAccount(identity),
    ...accessObjects(identity, policyRules(rights)),
    handlersMap(identity, config, files),
    service(identity),
    deployment(identity, config, handlers),
    ...(config.monitoring ? monitoringObjects(identity, config.monitoringLabels) : []),
  ];
}
