import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import type { Schema } from "#devcluster/schema/schema.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { startAuditedServer, type AuditedServer } from "../../../support/audited-server.ts";
import { skipWithoutApiServer } from "../../../support/kube-api-server.ts";
import { randomFrom } from "../../../support/random.ts";

suite("any body of a built-in kind", { skip: skipWithoutApiServer, timeout: 300_000 }, () => {
  let server: AuditedServer;
  before(async () => {
    server = await startAuditedServer();
  });
  after(() => server.stop());

  test("becomes what a real server makes of it, whatever it holds", async () => {
    const differences: string[] = [];
    for (const { resource, body } of bodies(randomFrom(20_261))) {
      const { received } = await server.post(pathOf(resource), body);
      const expected = await received();
      const actual = applyDefaults(resource.schema, storedForm(resource.schema, body));
      if (expected !== undefined) differences.push(...differencesOf(actual, expected, resource.kind));
    }

    assert.deepEqual(
      differences.filter((one) => !KNOWN.some((known) => known.test(one))),
      [],
    );
  });
});

/** What is left out, because nobody writes it. */
const KNOWN = [
  // Begins at one when it is stored.
  /deprecated\.daemonset\.template\.generation/,
  // The server's clock.
  /timeAdded/,
  // Values that lived in annotations before they had fields.
  /current-metrics/,
  // Names of images that no registry could have.
  /[pP]ullPolicy/,
  // Two spellings of one thing that contradict each other.
  /(?:podCIDRs|podIPs|podIP)/,
  // Lists that are empty on purpose, where that is refused later.
  /behavior\.scale(?:Up|Down)\.policies/,
  // What is refused later.
  /strategy\.rollingUpdate|updateStrategy\.rollingUpdate|azureDisk/i,
];

interface Body {
  readonly resource: ServedResource;
  readonly body: JsonRecord;
}

type Random = () => number;

const SAMPLES = 4;

/** Its schemas drop what they do not know, wherever it is, and are kept here as they are sent. */
const READS_ITSELF = "CustomResourceDefinition";

/** Of every definition that can be reached: nothing, nulls, and a few with members by chance. */
function bodies(random: Random): Body[] {
  const visited = new Set<string>();
  return builtInResources()
    .filter(({ verbs, kind }) => verbs.includes("create") && kind !== READS_ITSELF)
    .flatMap((resource) => {
      const head = { apiVersion: apiVersionOf(resource), kind: resource.kind };
      const found: Body[] = [];
      const visit = (schema: Schema, wrap: (value: unknown) => JsonRecord): void => {
        const { items, additionalProperties, properties = {}, definition } = schema;
        if (items) return visit(items, (value) => wrap([value]));
        if (typeof additionalProperties === "object") return visit(additionalProperties, (value) => wrap({ k: value }));
        if (definition === undefined || visited.has(definition)) return;
        visited.add(definition);
        const names = Object.keys(properties).filter((name) => name !== "apiVersion" && name !== "kind");
        const samples = Array.from({ length: SAMPLES }, () => sampleOf(schema, 4, random));
        for (const value of [{}, Object.fromEntries(names.map((name) => [name, null])), ...samples]) {
          found.push({ resource, body: { ...wrap(value), ...head } });
        }
        for (const name of names) visit(properties[name] ?? {}, (value) => wrap({ [name]: value }));
      };
      visit(resource.schema, (value) => (isRecord(value) ? value : {}));
      return found;
    });
}

const TEXTS = ["abc", "", "nginx:1.2", "nginx", "User", "ServiceAccount", "None", "ClientIP"];
const QUANTITIES = ["1500m", "0.5Gi", 2, "0", "1e3", "0.1Gi"];

function sampleOf(schema: Schema, depth: number, random: Random): unknown {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  if (schema.definition === "resource.Quantity") return pick(QUANTITIES);
  if (schema["x-kubernetes-int-or-string"] === true) return pick(["50%", 3]);
  if (schema.definition === "meta.v1.MicroTime") return "2024-02-03T04:05:06.123456+01:00";
  if (schema.format === "date-time") return "2024-02-03T04:05:06.789+01:00";
  if (schema.format === "byte") return pick(["YWJj", "YW\nJj", ""]);
  if (schema["x-kubernetes-preserve-unknown-fields"] === true) return { a: 1 };
  if (schema.enum) return pick([...schema.enum, ""]);
  if (schema.type === "string") return pick(TEXTS);
  if (schema.type === "boolean") return random() < 0.5;
  if (schema.type === "integer") return pick([0, 1, 5]);
  if (schema.type === "number") return 1.5;
  return depth > 0 ? compositeOf(schema, depth - 1, random) : undefined;
}

function compositeOf(schema: Schema, depth: number, random: Random): unknown {
  const { items, additionalProperties, properties = {} } = schema;
  const present = (value: unknown): boolean => value !== undefined;
  if (items) return [sampleOf(items, depth, random)].filter(present);
  const members: [string, Schema][] =
    typeof additionalProperties === "object"
      ? [["k", additionalProperties]]
      : Object.entries(properties).filter(([name]) => name !== "managedFields" && random() < 0.4);
  return Object.fromEntries(
    members.map(([name, member]) => [name, sampleOf(member, depth, random)]).filter(([, value]) => present(value)),
  );
}

function differencesOf(actual: unknown, expected: unknown, path: string): string[] {
  if (isRecord(actual) && isRecord(expected)) {
    const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    return [...names].flatMap((name) => differencesOf(actual[name], expected[name], `${path}.${name}`));
  }
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length === expected.length) {
    return actual.flatMap((element, index) => differencesOf(element, expected[index], `${path}[${index}]`));
  }
  const [ours, theirs] = [JSON.stringify(actual), JSON.stringify(expected)];
  return ours === theirs ? [] : [`${path}: ${ours}, a real server: ${theirs}`];
}

function pathOf({ group, version, namespaced, plural }: ServedResource): string {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespaced ? "/namespaces/default" : ""}/${plural}?dryRun=All`;
}
