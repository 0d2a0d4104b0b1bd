import type { Scenario } from "../scenario.ts";
import { applying } from "./applying.ts";
import { creating } from "./creating.ts";
import { reading } from "./reading.ts";

export const SCENARIOS: readonly Scenario[] = [reading, creating, applying];
