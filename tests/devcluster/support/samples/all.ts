import { CLUSTER } from "./cluster.ts";
import { NETWORK } from "./network.ts";
import { PODS } from "./pods.ts";
import { POLICIES } from "./policies.ts";
import type { Sample } from "./sample.ts";
import { STORAGE } from "./storage.ts";
import { WORKLOADS } from "./workloads.ts";

/** In an order in which a server takes them. */
export const SAMPLES: readonly Sample[] = [...CLUSTER, ...PODS, ...WORKLOADS, ...NETWORK, ...STORAGE, ...POLICIES];
