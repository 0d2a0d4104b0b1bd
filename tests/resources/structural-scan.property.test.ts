import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";

import * as fc from "fast-check";

import { normalize } from "#resources/normalize.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { StructuralScan } from "#resources/structural-scan.ts";
import { damaged, hostileFrames, hostileObjects } from "../support/hostile-json.ts";
import { parseReference } from "../support/json-reference.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a scan says, taken out of the buffer so that it can be compared. */
interface Finding {
  readonly type: string;
  readonly header: Json;
  readonly kept: string;
}

const scan = new StructuralScan();
const LURES = ['{"type":"DELETED","object":{"metadata":{"name":"next"}}}}]]"\\"}}\n', '\\"', "}", " ", "0"];

/** `text` somewhere in a buffer that is full of bytes which look like more of it. */
function placed(text: string, offset: number, lure: number): { buffer: Buffer; start: number; end: number } {
  const bytes = Buffer.from(text);
  const buffer = Buffer.alloc(bytes.length + 128, LURES[lure % LURES.length]);
  const start = offset % 64;
  return { buffer, start, end: start + bytes.copy(buffer, start) };
}

function findingOf(type: string, object: ScannedObject): Finding {
  const target = Buffer.alloc(object.byteLength);
  assert.equal(object.copyInto(target, 0), object.byteLength);
  const { apiVersion, kind, name, namespace, uid, resourceVersion } = object;
  const parts = [object.labelsText, object.annotationsText, object.ownerReferencesText];
  const [labels, annotations, ownerReferences] = parts.map((text) => (text === "" ? undefined : text));
  return {
    type,
    header: { apiVersion, kind, name, namespace, uid, resourceVersion, labels, annotations, ownerReferences },
    kept: target.toString(),
  };
}

function scanFrame(text: string, offset = 0, lure = 0): Finding | undefined {
  const { buffer, start, end } = placed(text, offset, lure);
  const frame = scan.frame(buffer, start, end);
  return frame && findingOf(frame.type, frame.object);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function ownString(value: unknown, key: string): string {
  const found = own(value, key);
  return typeof found === "string" ? found : "";
}

function withoutManagedFields(object: unknown): unknown {
  const metadata = own(object, "metadata");
  if (!isRecord(object) || !isRecord(metadata)) return object;
  const rest = Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== "managedFields"));
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, key === "metadata" ? rest : value]));
}

/** The same object but for managedFields. `JSON.parse` confuses some keys, so it has no last word. */
function assertKept(kept: string, text: string, pick: (value: unknown) => unknown): void {
  const isSame = (parse: (text: string) => unknown): boolean =>
    isDeepStrictEqual(parse(kept), withoutManagedFields(pick(parse(text))));
  assert.ok(isSame(JSON.parse) || isSame(parseReference), `kept ${kept}`);
}

function assertHeader({ header }: Finding, object: unknown): void {
  const metadata = own(object, "metadata");
  for (const key of ["apiVersion", "kind"]) assert.equal(header[key], ownString(object, key), key);
  for (const key of ["name", "namespace", "uid", "resourceVersion"])
    assert.equal(header[key], ownString(metadata, key), key);
  const parts: readonly [string, boolean][] = [
    ["labels", isRecord(own(metadata, "labels"))],
    ["annotations", isRecord(own(metadata, "annotations"))],
    ["ownerReferences", Array.isArray(own(metadata, "ownerReferences"))],
  ];
  for (const [key, isThere] of parts) {
    const text = header[key];
    const value = typeof text === "string" ? parseReference(text) : undefined;
    assert.deepEqual(value, isThere ? own(metadata, key) : undefined, key);
  }
}

/** A key stands twice, or a letter is escaped without need. */
function isUnusual(text: string): boolean {
  const dense = (json: string): string => json.replaceAll(/\s/g, "");
  return /\\u00[2-9a-f]/i.test(text) || dense(normalize(text).toString()).length !== dense(text).length;
}

function assertFrame(finding: Finding, text: string): void {
  const frame = parseReference(text);
  assert.equal(finding.type, ownString(frame, "type"));
  assertHeader(finding, own(frame, "object"));
  assertKept(finding.kept, text, (value) => own(value, "object"));
}

const placement = [fc.nat(63), fc.nat(LURES.length - 1)] as const;

test("scan of a frame finds what JSON.parse finds, or refuses it and takes what normalize makes of it", () => {
  const property = fc.property(hostileFrames, ...placement, (text, offset, lure) => {
    const finding = scanFrame(text, offset, lure);
    if (finding) return assertFrame(finding, text);
    const normal = normalize(text).toString();
    const second = scanFrame(normal, offset, lure);
    assert.equal(second !== undefined, isRecord(own(JSON.parse(text), "object")));
    if (second) {
      assert.ok(isUnusual(text), "refused although no key stands twice and nothing is escaped without need");
      assertFrame(second, normal);
    }
  });
  fc.assert(property, { seed: 1, numRuns: 6000 });
});

test("scan of an object finds what JSON.parse finds, and fills in kind and apiVersion where both are missing", () => {
  const typeMeta = { kind: "Pod", apiVersion: "v1" };
  const property = fc.property(hostileObjects, ...placement, (text, offset, lure) => {
    const { buffer, start, end } = placed(text, offset, lure);
    const object = scan.object(buffer, start, end, typeMeta);
    if (!object) return assert.ok(isUnusual(text));
    const bare = parseReference(text);
    const wantsMeta = isRecord(bare) && "metadata" in bare && !("kind" in bare) && !("apiVersion" in bare);
    const filledIn = (value: unknown): unknown => (wantsMeta && isRecord(value) ? { ...typeMeta, ...value } : value);
    const finding = findingOf("", object);
    assertHeader(finding, filledIn(bare));
    assertKept(finding.kept, text, filledIn);
  });
  fc.assert(property, { seed: 2, numRuns: 2500 });
});

test("scan of a damaged frame never throws, and its header says what its bytes say", () => {
  const property = fc.property(damaged(hostileFrames), ...placement, (text, offset, lure) => {
    const finding = scanFrame(text, offset, lure);
    if (!finding) return;
    if (isJson(text)) assertFrame(finding, text);
    else if (isJson(finding.kept)) assertHeader(finding, parseReference(finding.kept));
  });
  fc.assert(property, { seed: 3, numRuns: 6000 });
});

test("scan looks at no byte outside of its range", () => {
  const property = fc.property(damaged(hostileFrames), fc.nat(63), (text, offset) => {
    const findings = LURES.map((_, lure) => scanFrame(text, offset, lure));
    for (const finding of findings) assert.deepEqual(finding, findings[0]);
  });
  fc.assert(property, { seed: 4, numRuns: 1500 });
});

test("a value is complete at its last byte and not before", () => {
  const property = fc.property(hostileObjects, ...placement, fc.nat(), (text, offset, lure, cut) => {
    const { buffer, start, end } = placed(text, offset, lure);
    const last = start + Buffer.byteLength(text.trimEnd());
    assert.equal(scan.endOfValue(buffer, start, end), last);
    assert.equal(scan.endOfValue(buffer, start, start + (cut % (last - start))), -1);
  });
  fc.assert(property, { seed: 5, numRuns: 2500 });
});
