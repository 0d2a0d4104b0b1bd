import { textOf } from "#kernel/json-value.ts";
import { invalid, notFound, required, type FieldCause } from "../../../schema/field-causes.ts";
import { eachOf } from "../field-checks.ts";

/** What is wrong with a container's `volumeMounts`. @param volumes the names of its pod's volumes */
export function mountCauses(container: unknown, volumes: ReadonlySet<string>, path: string): FieldCause[] {
  const paths = new Set<string>();
  const list = `${path}.volumeMounts`;
  return eachOf(container, "volumeMounts", list, (mount, at) => {
    const [name, mountPath] = [textOf(mount, "name") ?? "", textOf(mount, "mountPath") ?? ""];
    const isAgain = paths.has(mountPath);
    paths.add(mountPath);
    return [
      ...(name === "" ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFound(`${at}.name`, name)]),
      ...(mountPath === "" ? [required(`${at}.mountPath`)] : []),
      ...(isAgain ? [invalid(`${at}.mountPath`, mountPath, "must be unique")] : []),
      ...["subPath", "subPathExpr"].flatMap((member) =>
        descendingPathCauses(textOf(mount, member) ?? "", `${list}.${member}`),
      ),
    ];
  });
}

/** Paths that must stay below where they begin. */
export function descendingPathCauses(target: string, path: string): FieldCause[] {
  return [
    ...(target.startsWith("/") ? [invalid(path, target, "must be a relative path")] : []),
    ...(target.split("/").includes("..") ? [invalid(path, target, "must not contain '..'")] : []),
  ];
}
