import type { Scenario } from "../scenario.ts";
import { applications } from "./applications.ts";
import { applying } from "./applying.ts";
import { clientNode } from "./client-node.ts";
import { commands } from "./commands.ts";
import { creating } from "./creating.ts";
import { customResources } from "./custom-resources.ts";
import { deleting } from "./deleting.ts";
import { history } from "./history.ts";
import { httpReading } from "./http-reading.ts";
import { httpWriting } from "./http-writing.ts";
import { informers } from "./informers.ts";
import { patching } from "./patching.ts";
import { reading } from "./reading.ts";
import { waiting } from "./waiting.ts";
import { watching } from "./watching.ts";

/** In this order: the first reads what a new cluster has, the last makes the servers forget. */
export const SCENARIOS: readonly Scenario[] = [
  reading,
  creating,
  applying,
  applications,
  patching,
  commands,
  watching,
  waiting,
  deleting,
  customResources,
  clientNode,
  informers,
  httpReading,
  httpWriting,
  history,
];
