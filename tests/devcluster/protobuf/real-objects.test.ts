import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createProtobufDecoder } from "#devcluster/protobuf/protobuf-decoder.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { elementsOf, fieldOf, isRecord, textOf } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { callApiServer, jsonAt } from "../support/api-server-calls.ts";
import { collectionPath, createSamples } from "../support/create-samples.ts";
import { SAMPLES } from "../support/samples/all.ts";
import { DEEP_SAMPLES } from "./deep-samples.ts";

const PROTOBUF = "application/vnd.kubernetes.protobuf";
/** Of kinds of which the server has many by itself. */
const MAX_OBJECTS = 40;
/** kube-aggregator describes them, which is none of the modules of the table. */
const UNKNOWN_GROUPS = ["apiregistration.k8s.io"];

describe("an object in protobuf is the same as in JSON", { skip: skipWithoutApiServer }, () => {
  const decode = createProtobufDecoder();
  let server: KubeApiServer;

  before(async () => {
    server = await startKubeApiServer();
    await createSamples(server, [...SAMPLES, ...DEEP_SAMPLES]);
  });
  after(() => server.stop());

  for (const resource of builtInResources().filter(isComparable)) {
    test(`${resource.plural} in ${apiVersionOf(resource)}`, async () => {
      const list = await jsonAt(server, collectionPath(resource));
      for (const item of elementsOf(list, "items").slice(0, MAX_OBJECTS)) {
        const metadata = fieldOf(item, "metadata");
        const path = `${collectionPath(resource, textOf(metadata, "namespace"))}/${textOf(metadata, "name")}`;
        const { body } = await callApiServer(server, path, { headers: { accept: PROTOBUF } });
        const decoded = decode(body, { apiVersion: apiVersionOf(resource), kind: resource.kind });
        assert.deepEqual(withoutEmpty(decoded), withoutEmpty(await jsonAt(server, path)), path);
      }
    });
  }
});

function isComparable({ verbs, group, plural }: ServedResource): boolean {
  return (
    verbs.includes("list") && verbs.includes("get") && !UNKNOWN_GROUPS.includes(group) && plural !== "componentstatuses"
  );
}

/** Protobuf does not tell an empty list from none. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutEmpty(member)]));
}
