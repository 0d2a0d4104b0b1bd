import type { ApiResource } from "#resources/api-resource.ts";

/** A name for each, as client-node names its models: `V1Widget`; with the group before it where two groups have one kind and version. */
export function typeNames(resources: readonly ApiResource[]): string[] {
  const names = resources.map(({ version, kind }) => `${pascal(version)}${pascal(kind)}`);
  const withGroups = resources.map((resource, at) => {
    const name = names[at] ?? "";
    return isOnly(name, names) ? name : `${pascal(resource.group)}${name}`;
  });
  // Kinds that differ in what no name in TypeScript has.
  return withGroups.map((name, at) => {
    const before = withGroups.slice(0, at).filter((one) => one === name).length;
    const unlike = before === 0 ? name : `${name}${before + 1}`;
    // A group may begin with a digit.
    return unlike.replace(/^\d/, "_$&");
  });
}

function isOnly(name: string, names: readonly string[]): boolean {
  return names.indexOf(name) === names.lastIndexOf(name);
}

/** `cert-manager.io` → `CertManagerIo`. */
function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
