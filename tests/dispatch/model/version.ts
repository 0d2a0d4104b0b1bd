import type { EventType } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";

/** One version of one object. `seq` is the order of observation: only the checks know it. */
export interface Version {
  /** `namespace/number` */
  readonly key: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly seq: number;
  readonly tier: string;
  readonly spec: number;
  readonly status: number;
}

export function same(a: Version | undefined, b: Version | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.uid === b.uid && a.resourceVersion === b.resourceVersion);
}

export function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** What the bytes of a delivered object say. */
export function readVersion(object: RawObject): Version {
  return JSON.parse(Buffer.from(object.bytes()).toString()) as Version;
}

/** `uid@resourceVersion` */
export function describe(version: Version | undefined): string {
  return version ? `${version.uid}@${version.resourceVersion}/${version.tier}` : "none";
}

/** Equal for events that tell the same. */
export function eventName(type: EventType, { uid, resourceVersion }: Version): string {
  return `${type} ${uid} ${resourceVersion}`;
}
