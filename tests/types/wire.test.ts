/** Checked by the compiler: `npm run check:types`. */
import type {
  V1CustomResourceDefinition,
  V1CustomResourceDefinitionVersion,
  V1JSONSchemaProps,
  V1Lease,
  V1LimitRangeItem,
  V1ListMeta,
  V1NetworkPolicyIngressRule,
  V1Node,
  V1Pod,
  V1Secret,
} from "@kubernetes/client-node";
import type { Wire, WireObject } from "#handler-api/index.ts";
import type { WireValue } from "#handler-api/wire.ts";
import { expectSameType } from "../support/expect-same-type.ts";

export function aDateIsAStringHoweverDeep(pod: Wire<V1Pod>, lease: Wire<V1Lease>): void {
  expectSameType<typeof pod.metadata.creationTimestamp, string>();
  expectSameType<NonNullable<typeof pod.status>["startTime"], string | undefined>();
  const [condition] = pod.status?.conditions ?? [];
  expectSameType<NonNullable<typeof condition>["lastTransitionTime"], string | undefined>();
  expectSameType<NonNullable<typeof lease.spec>["renewTime"], string | undefined>();
}

export function identityIsAlwaysThere(pod: Wire<V1Pod>): void {
  expectSameType<typeof pod.apiVersion, string>();
  expectSameType<typeof pod.kind, string>();
  expectSameType<typeof pod.metadata.name, string>();
  expectSameType<typeof pod.metadata.uid, string>();
  expectSameType<typeof pod.metadata.resourceVersion, string>();
}

export function theNamespaceIsThereOnNamespacedKindsOnly(pod: Wire<V1Pod>, node: Wire<V1Node, false>): void {
  expectSameType<typeof pod.metadata.namespace, string>();
  expectSameType<typeof node.metadata.namespace, string | undefined>();
}

export function otherFieldsAreAsOptionalAsInTheModel(pod: Wire<V1Pod>): void {
  expectSameType<typeof pod.metadata.labels, { [key: string]: string } | undefined>();
  // @ts-expect-error: a pod that is not scheduled has no node
  expectSameType<NonNullable<typeof pod.spec>["nodeName"], string>();
}

export function aFieldThatDoesNotExistDoesNotCompile(pod: Wire<V1Pod>, secret: Wire<V1Secret>): void {
  // @ts-expect-error: pods have no replicas
  void pod.spec?.replicas;
  // @ts-expect-error: secrets have no spec
  void secret.spec;
}

export function namesThatTheModelsChangeAreAsOnTheWire(
  rule: WireValue<V1NetworkPolicyIngressRule>,
  list: WireValue<V1ListMeta>,
  limit: WireValue<V1LimitRangeItem>,
): void {
  void [rule.from?.[0]?.podSelector, list.continue, limit.default?.["cpu"]];
  // @ts-expect-error: the model's name
  void rule._from;
  // @ts-expect-error: the model's name
  void list._continue;
  // @ts-expect-error: the model's name
  void limit._default;
}

export function schemasSpeakJsonSchema(schema: WireValue<V1JSONSchemaProps>): void {
  expectSameType<typeof schema.$ref, string | undefined>();
  expectSameType<typeof schema.$schema, string | undefined>();
  void [schema.enum, schema.default, schema["x-kubernetes-int-or-string"], schema["x-kubernetes-list-map-keys"]];
  void [schema["x-kubernetes-embedded-resource"], schema["x-kubernetes-list-type"], schema["x-kubernetes-map-type"]];
  void [schema["x-kubernetes-preserve-unknown-fields"], schema["x-kubernetes-validations"]?.[0]?.rule];
  void schema.properties?.["spec"]?.items;
  // @ts-expect-error: the model's name
  void schema.ref;
  // @ts-expect-error: the model's name
  void schema.x_kubernetes_list_type;
}

export function aFieldNamedSchemaElsewhereKeepsItsName(
  version: WireValue<V1CustomResourceDefinitionVersion>,
  definition: Wire<V1CustomResourceDefinition, false>,
): void {
  void version.schema?.openAPIV3Schema?.properties?.["spec"]?.$ref;
  void definition.spec.versions[0]?.schema?.openAPIV3Schema?.["x-kubernetes-map-type"];
}

export function anObjectWithoutATypeHasMetadataAndUnknownFields(object: WireObject): void {
  expectSameType<typeof object.metadata.name, string>();
  expectSameType<(typeof object)["spec"], unknown>();
}
