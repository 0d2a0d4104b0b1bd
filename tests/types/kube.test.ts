/** Checked by the compiler: `npm run check:types`. */
import type { V1ConfigMap, V1Deployment, V1Pod } from "@kubernetes/client-node";
import { type ApiErrorDetails, isApiError, type Kube, on, type Wire, type WireObject } from "informd";
import { expectSameType } from "../support/expect-same-type.ts";

export async function theResourceNameGivesTheObject(kube: Kube): Promise<void> {
  expectSameType<Awaited<ReturnType<typeof getPod>>, Wire<V1Pod>>();
  function getPod() {
    return kube.get("pods", { name: "a" });
  }
  const [deployment] = await kube.list("deploy", { labelSelector: "app=web" });
  expectSameType<typeof deployment, Wire<V1Deployment> | undefined>();
  const map = await kube.patch("configmaps", { name: "a" }, { data: { a: "b" } });
  expectSameType<typeof map, Wire<V1ConfigMap>>();
  const unknown = await kube.patchStatus("certificates.cert-manager.io", { name: "a" }, { status: {} });
  expectSameType<typeof unknown, WireObject>();
}

export async function whatIsCreatedHasItsIdentity(kube: Kube): Promise<void> {
  const made = await kube.create({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { generateName: "a-" },
    data: { a: "b" },
  });
  expectSameType<typeof made.metadata.name, string>();
  expectSameType<typeof made.metadata.uid, string>();
  expectSameType<typeof made.data.a, string>();
  const applied = await kube.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } });
  expectSameType<typeof applied.metadata.resourceVersion, string>();
}

export function whatTheApiServerRefusesIsTyped(error: unknown): void {
  if (!isApiError(error)) return;
  expectSameType<typeof error.code, number>();
  expectSameType<typeof error.reason, string>();
  expectSameType<typeof error.details, ApiErrorDetails | undefined>();
}

export const aCallWithoutItsArgumentsDoesNotCompile = on("pods", async (_event, { kube }) => {
  // @ts-expect-error: which one?
  await kube.get("pods", {});
  // @ts-expect-error: no such type of patch
  await kube.patch("pods", { name: "a" }, {}, { type: "apply" });
  // @ts-expect-error: how many?
  await kube.scale("deployments.apps", { name: "a" });
  // @ts-expect-error: it has no kind
  await kube.create({ apiVersion: "v1", metadata: { name: "a" } });
});
