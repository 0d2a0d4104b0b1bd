/** What the compiler makes of the written types. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureDefinitions, typesTextOf } from "../../support/made-types.ts";
import { compileHandlers } from "../../support/type-project.ts";

const HANDLER = `
import { type AddedEvent, type HandlerContext, on, type Resources } from "informd";
import type { V1CertificateSpec, V2alpha1PipelineSpec } from "./informd-types.d.ts";

export const resized = on("widgets.example.com", { events: ["updated"], listers: ["certs"] }, async (event, context) => {
  const inches: number = event.object.spec.size;
  const { namespace, uid }: { namespace: string; uid: string } = event.object.metadata;
  const phase: string | undefined = event.old.status?.phase;
  const cert = context.listers.certs.get("web");
  const issuer: string = cert?.spec.issuerRef.kind === "Issuer" ? "own" : "shared";
  const others = await context.kube.list("wd", { namespace });
  await context.kube.event(event.object, { type: "Normal", reason: "Resized", message: \`\${issuer} \${phase} \${uid}\` });
  const written = { apiVersion: "build.example.net/v2alpha1", kind: "Pipeline", metadata: { name: "a" } };
  await context.kube.apply({ ...written, spec: { level: 1, steps: { build: { image: "i" } } } satisfies V2alpha1PipelineSpec });
  // @ts-expect-error: a step has an image
  await context.kube.apply({ ...written, spec: { steps: { build: {} } } satisfies V2alpha1PipelineSpec });
  context.log.info("resized", { inches, colors: others.map(({ spec }) => spec.color?.toUpperCase()) });
});

export function added({ object }: AddedEvent<Resources["po.build.example.net"]>, { lister }: HandlerContext<"pipelines">): void {
  const step = object.spec?.steps?.["build"];
  step?.image.trim();
  // @ts-expect-error: a Pipeline is in no namespace that is always there
  object.metadata.namespace.trim();
  const level: -1 | 0 | 1 | null | undefined = lister.get("a")?.spec?.level;
  // @ts-expect-error: what is not known must be looked at
  object.spec?.extra.trim();
  void level;
}

export const misspelt = on("widgets.example.com", ({ object }) => {
  // @ts-expect-error: it is size
  void object.spec.sise;
  // @ts-expect-error: black is none of its colours
  return void (object.spec.color === "black");
});

export const older = on("widgets.v1beta1.example.com", ({ object }) => void object.spec?.size?.trim());
export const secret = (spec: V1CertificateSpec): string => spec.secretName;
export const pods = on("po", ({ object }) => void object.spec?.nodeName?.trim());
`;

test("handlers are checked against the types of custom resources, by whatever name they call them", async () => {
  const types = await typesTextOf(fixtureDefinitions());
  assert.deepEqual(await compileHandlers({ "informd-types.d.ts": types, "widget-resized.ts": HANDLER }), []);
});

test("the compiler finds nothing wrong in the types themselves", async () => {
  // It does not look into a .d.ts.
  assert.deepEqual(await compileHandlers({ "types.ts": await typesTextOf(fixtureDefinitions()) }), []);
});
