/** What an API server publishes of its kinds, for a scripted one. */
import { type Answer, json } from "./scripted-server.ts";

export const GROUP = "example.com";

export function discovery(...kinds: readonly (readonly [group: string, plural: string, kind: string])[]): Answer {
  const items = [...Map.groupBy(kinds, ([group]) => group)].map(([group, ofGroup]) => ({
    metadata: { name: group },
    versions: [
      {
        version: "v1",
        resources: ofGroup.map(([, plural, kind]) => ({
          resource: plural,
          responseKind: { group, version: "v1", kind },
          scope: "Namespaced",
          singularResource: kind.toLowerCase(),
          verbs: ["list", "watch"],
        })),
      },
    ],
  }));
  return json({ kind: "APIGroupDiscoveryList", items });
}

/** What `/openapi/v3` says of group versions: their documents. */
export function index(...groups: readonly string[]): Answer {
  const paths = groups.map((group) => [
    `apis/${group}/v1`,
    { serverRelativeURL: `/openapi/v3/apis/${group}/v1?hash=AB` },
  ]);
  return json({ paths: Object.fromEntries(paths) });
}

export const WIDGET = {
  type: "object",
  properties: { spec: { $ref: "#/components/schemas/com.example.v1.WidgetSpec" } },
  "x-kubernetes-group-version-kind": [{ group: GROUP, version: "v1", kind: "Widget" }],
};
export const SPEC = { type: "object" };
export const DOCUMENT = json({
  components: { schemas: { "com.example.v1.Widget": WIDGET, "com.example.v1.WidgetSpec": SPEC } },
});
