/** Which object belongs to which resource name, for types only. The cluster's discovery decides at run time. */
import type { BuiltInResources } from "./built-in-resources.generated.ts";
import type { WireObject } from "./wire.ts";

/**
 * Object types by resource name. Custom resources are added by merging, which `informd types` writes:
 * `declare module "informd" { interface Resources { "certificates.cert-manager.io": Wire<Certificate> } }`
 */
export interface Resources extends BuiltInResources {}

/** What kubectl takes: `TYPE[.VERSION][.GROUP]`. Editors complete the known ones. */
export type ResourceName = keyof Resources | (string & {});

/** The live object of a resource; `WireObject` where nobody has declared it. */
export type ObjectOf<Resource extends string> = Resource extends keyof Resources ? Resources[Resource] : WireObject;
