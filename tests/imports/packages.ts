import type { PackageUse } from "./package-use.ts";
import { DATA } from "./packages/data.ts";
import { FLOW } from "./packages/flow.ts";
import { NETWORK } from "./packages/network.ts";
import { TEXT } from "./packages/text.ts";

/** In the order of the table. */
export const PACKAGES: readonly PackageUse[] = [...DATA, ...TEXT, ...FLOW, ...NETWORK];
