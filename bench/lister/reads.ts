/** Reads a handler's lister as the host answers it. Run as a child with `--expose-gc`: PODS ROUNDS. */
import { getHeapStatistics } from "node:v8";
import { CacheRead } from "#broker/caches/cache-read.ts";
import { jsonArrayAnswer } from "#broker/caches/json-array-answer.ts";
import { createProjection } from "#broker/caches/projection.ts";
import { BadCallError } from "#broker/errors.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { parseObject } from "#resources/raw-object.ts";
import { StructuralScan } from "#resources/structural-scan.ts";
import { makePod } from "../replay/pods.ts";
import { median } from "../table.ts";
import { PODS } from "../../tests/support/api-resources.ts";

/** What one read costs. */
export interface ListerResult {
  readonly name: string;
  readonly answerBytes: number;
  /** CPU, of each round. */
  readonly ms: readonly number[];
  /** On the JavaScript heap, at the median. */
  readonly allocatedBytes: number;
}

/** One of the 400 apps that the pods belong to, and one of their 97 namespaces. */
const APP = "app=app-0";
const NAMESPACE = "team-0";
const SOME_FIELDS = ["metadata.name", "spec.nodeName"];

type Query = Readonly<Record<string, unknown>>;

const READS: readonly (readonly [name: string, method: "count" | "list", query: Query])[] = [
  ["count()", "count", {}],
  ["count({ namespace })", "count", { namespace: NAMESPACE }],
  ["count({ labelSelector })", "count", { labelSelector: APP }],
  ["list({ labelSelector, limit: 100 })", "list", { labelSelector: APP, limit: 100 }],
  ["the same with two fields", "list", { labelSelector: APP, limit: 100, fields: SOME_FIELDS }],
  ["list({ fields: name })", "list", { fields: ["metadata.name"] }],
  ["list({ fields: name and node })", "list", { fields: SOME_FIELDS }],
  ["list({ fields: phase })", "list", { fields: ["status.phase"] }],
  ["list(), which is refused", "list", {}],
];

/** As often a handler reads in its first seconds. */
const WARMING = 10;

const [pods = "0", rounds = "0"] = process.argv.slice(2);
const cache = fullCache(Number(pods));
const lister = new CacheRead("lister", { resource: PODS, reader: cache }, {});
const results = READS.map(([name, method, query]) => measure(name, () => lister[method]([query])));
console.log(JSON.stringify([...results, measure("name and node by parsing each pod", readByParsing)]));
process.exit(0);

/** What the fields would cost otherwise. */
function readByParsing(): Uint8Array {
  const project = createProjection(SOME_FIELDS);
  const items = Iterator.from(cache.values()).map((pod) => Buffer.from(JSON.stringify(project(parseObject(pod)))));
  return jsonArrayAnswer("lister.list", items);
}

function fullCache(count: number): ObjectStore {
  const store = new ObjectStore();
  const scan = new StructuralScan();
  for (let index = 0; index < count; index++) {
    const bytes = Buffer.from(JSON.stringify(makePod(index)));
    const scanned = scan.object(bytes, 0, bytes.length);
    if (scanned) store.put(store.admit(scanned));
  }
  return store;
}

function measure(name: string, read: () => Uint8Array | string): ListerResult {
  let answerBytes = 0;
  for (let warming = 0; warming < WARMING; warming++) lengthOf(read);
  const passes = Array.from({ length: Number(rounds) + 1 }, () => {
    globalThis.gc?.();
    lengthOf(read);
    const [cpu, allocated] = [process.cpuUsage(), getHeapStatistics().total_allocated_bytes];
    answerBytes = lengthOf(read);
    const { user, system } = process.cpuUsage(cpu);
    return { ms: (user + system) / 1000, allocated: getHeapStatistics().total_allocated_bytes - allocated };
  }).slice(1);
  const allocatedBytes = median(passes.map(({ allocated }) => allocated));
  return { name, answerBytes, ms: passes.map(({ ms }) => ms), allocatedBytes };
}

function lengthOf(read: () => Uint8Array | string): number {
  try {
    return read().length;
  } catch (error) {
    if (error instanceof BadCallError) return 0;
    throw error;
  }
}
