import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { TemplateSubject } from "./handler-template.ts";

export type SubjectResult =
  | { readonly type: "found"; readonly subject: TemplateSubject }
  /** `reason` says what to do. */
  | { readonly type: "failed"; readonly reason: string };

/** What a kind in a file's name means: one of Kubernetes' own, or a custom one if it names a group as those have. */
export function templateSubject(name: string): SubjectResult {
  const resolution = resolveResourceName(name, builtInResources);
  if (resolution.type === "found") return builtIn(resolution.resource);
  if (CUSTOM.test(name)) return { type: "found", subject: custom(name) };
  const names = resolution.type === "unknown" ? resolution.nearest : resolution.candidates;
  const nearest = names.length === 0 ? "" : ` Nearest: ${names.map((one) => `"${one}"`).join(", ")}.`;
  return failed(
    `Kubernetes has no kind "${name}".${nearest} A custom kind needs its group, for example "certificate.cert-manager.io"`,
  );
}

/** `TYPE[.VERSION].GROUP`; the group of a CustomResourceDefinition is a domain. */
const CUSTOM = /^[a-z0-9-]+(\.v\d+((alpha|beta)\d+)?)?(\.[a-z0-9-]+){2,}$/i;

/** Watchable, but younger than the models of client-node, from which the types are made. */
const WITHOUT_TYPES: ReadonlySet<string> = new Set([
  "ClusterTrustBundle",
  "DeviceTaintRule",
  "PodCertificateRequest",
  "StorageVersionMigration",
]);

function builtIn(resource: ApiResource): SubjectResult {
  const { kind, plural, version, group, namespaced, verbs } = resource;
  if (!verbs.includes("watch")) return failed(`"${resourceName(resource)}" cannot be watched. Choose another kind`);
  const preferred = builtInResources.find((one) => resourceName(one) === resourceName(resource));
  const firstOfKind = builtInResources.find((one) => one.kind === kind);
  return {
    type: "found",
    subject: {
      kind,
      resource: preferred === resource ? resourceName(resource) : `${plural}.${version}.${group}`,
      scope: namespaced ? "namespaced" : "cluster",
      hasEventTypes: firstOfKind === resource && !WITHOUT_TYPES.has(kind),
    },
  };
}

function custom(name: string): TemplateSubject {
  const [type = ""] = name.split(".");
  const kind = type.charAt(0).toUpperCase() + type.slice(1);
  return { kind: kind.replaceAll("-", ""), resource: name, scope: "unknown", hasEventTypes: false };
}

function failed(reason: string): SubjectResult {
  return { type: "failed", reason };
}
