import { ObjectStore } from "#informer/store/object-store.ts";
import { ownedCopy, type RawObject } from "#resources/raw-object.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { StructuralScan } from "#resources/structural-scan.ts";

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Metadata;
  readonly [key: string]: unknown;
}

/** A pod named `web` in `default`; `rest` is what stands beside the metadata. */
export function pod(metadata: Metadata = {}, rest: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  const { name = "web", namespace = "default", uid = `uid-${name}`, resourceVersion = "1", ...more } = metadata;
  return { kind: "Pod", apiVersion: "v1", metadata: { name, namespace, uid, resourceVersion, ...more }, ...rest };
}

/** As the scan sees it. Each call has a scan of its own, so that the objects of a test do not overwrite each other. */
export function scanned(object: KubernetesObject): ScannedObject {
  const buffer = Buffer.from(JSON.stringify(object));
  const found = new StructuralScan().object(buffer, 0, buffer.length);
  if (!found) throw new Error(`The scan refuses ${buffer.toString()}`);
  return found;
}

/** As the cache holds it, but with bytes of its own. */
export function rawObject(object: KubernetesObject): RawObject {
  return ownedCopy(new ObjectStore().admit(scanned(object)));
}
