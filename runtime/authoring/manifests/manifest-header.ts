/** What a reader of the manifests should know before applying them. */
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { Revision } from "#loader/revision.ts";
import { powerfulEntries } from "../powerful-entries.ts";
import { handlerVariablesOf, variablesSecretName } from "./handler-variables.ts";
import { handlersMapName } from "./handlers-map.ts";
import { globalName } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

interface Made {
  /** Of informd. */
  readonly version: string;
  readonly command: string;
  readonly revisions: readonly Revision[];
  readonly objects: readonly KubeObject[];
}

/** Lines of comment. */
export function manifestHeader(config: ManifestsConfig, { version, command, revisions, objects }: Made): string[] {
  const ids = idsOf(config, revisions);
  return [
    `informd ${version} with ${ids.length === 1 ? "handler" : "handlers"} ${ids.join(", ")}`,
    `made by:  ${command}`,
    `apply:    kubectl apply --server-side -f FILE`,
    ...namespacesNote(config, objects),
    ...formerRightsNote(config, objects),
    ...revisions.flatMap((one) => powersNote(config, one)),
    ...variablesNote(config, revisions),
  ];
}

/** As the runtime will call them: with more than one ConfigMap, each is a folder. */
function idsOf(config: ManifestsConfig, revisions: readonly Revision[]): string[] {
  const folder = config.load === "configmaps" ? `${handlersMapName(config)}/` : "";
  return revisions.map(({ handler }) => `${folder}${handler}`).toSorted();
}

function namespacesNote({ namespace }: ManifestsConfig, objects: readonly KubeObject[]): string[] {
  const isMade = objects.some(({ kind }) => kind === "Namespace");
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  if (isMade) used.delete(namespace);
  return [
    ...(isMade
      ? [
          `makes:    namespace ${namespace}, labelled so that it takes "restricted" pods only (Pod Security); to delete FILE`,
          `          is to delete all that is in it. Where others use it, leave it out with --existing-namespace`,
        ]
      : []),
    // Of these only the roles are made.
    ...neededNote([...used].toSorted()),
  ];
}

function neededNote(namespaces: readonly string[]): string[] {
  if (namespaces.length === 0) return [];
  const names = namespaces.join(", ");
  return [
    namespaces.length === 1
      ? `needs:    namespace ${names}, which is not made here`
      : `needs:    namespaces ${names}, which are not made here`,
  ];
}

/** An apply takes away rules, but no object that is made no more. */
function formerRightsNote(config: ManifestsConfig, objects: readonly KubeObject[]): string[] {
  if (objects.some(({ kind }) => kind === "ClusterRole")) return [];
  return [
    "grants:   nothing in the whole cluster; what an earlier file of this name granted there stays until you run",
    `          kubectl delete clusterrole,clusterrolebinding --ignore-not-found ${globalName(config)}`,
  ];
}

function powersNote({ watchNamespace }: ManifestsConfig, { handler, options }: Revision): string[] {
  return powerfulEntries(options, watchNamespace).map(
    ({ entry, power }) => `careful:  handler ${handler} asks for "${entry}": whoever has this right ${power}`,
  );
}

function variablesNote(config: ManifestsConfig, revisions: readonly Revision[]): string[] {
  const { fromSecret, leftOut } = handlerVariablesOf(revisions.map(({ options }) => options));
  return [...secretNote(config, fromSecret), ...leftOutNote(leftOut)];
}

function secretNote(config: ManifestsConfig, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const secret = variablesSecretName(config);
  const literals = names.map((name) => `--from-literal=${name}=...`).join(" ");
  return [
    `variables of handlers come from Secret "${secret}", read when the pod starts; without it they are not set:`,
    `          kubectl create secret generic ${secret} --namespace ${config.namespace} ${literals}`,
  ];
}

function leftOutNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `left out: ${names.join(", ")}: in allow.env of a handler, but it would change what informd itself does.`,
    `          To set it for both, write it into the Deployment`,
  ];
}
