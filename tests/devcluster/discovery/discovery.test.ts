import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDiscovery, type AcceptedType, type ServedDocument } from "#devcluster/discovery/discovery.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { builtInResource, customResource } from "../support/served-resources.ts";

const RESOURCES = [
  builtInResource("", "v1", "Pod", { shortNames: ["po"], categories: ["all"] }),
  builtInResource("autoscaling", "v2", "HorizontalPodAutoscaler"),
  builtInResource("autoscaling", "v1", "HorizontalPodAutoscaler"),
  customResource("example.com", "v1", "Widget", {
    subresources: {
      status: { kind: "Widget", group: "example.com", version: "v1", verbs: ["get", "patch", "update"] },
      scale: { kind: "Scale", group: "autoscaling", version: "v1", verbs: ["get", "patch", "update"] },
    },
  }),
];

function documentAt(
  path: string,
  accept: readonly AcceptedType[] = [],
  resources: readonly ServedResource[] = RESOURCES,
): ServedDocument | undefined {
  const { pathname, searchParams } = new URL(path, "http://server");
  return createDiscovery(() => resources)({ path: pathname, query: searchParams, accept });
}

function aggregatedType(v: string): AcceptedType {
  return { type: "application/json", parameters: { g: "apidiscovery.k8s.io", v, as: "APIGroupDiscoveryList" } };
}

const JSON_TYPE: AcceptedType = { type: "application/json", parameters: {} };

describe("aggregated discovery", () => {
  test("is served in the first version that the client takes", () => {
    const [v2, v2beta1] = [aggregatedType("v2"), aggregatedType("v2beta1")];
    const apiVersion = (accept: readonly AcceptedType[]): unknown =>
      fieldOf(documentAt("/apis", accept)?.body, "apiVersion");
    assert.equal(apiVersion([v2, v2beta1, JSON_TYPE]), "apidiscovery.k8s.io/v2");
    assert.equal(apiVersion([v2beta1, JSON_TYPE]), "apidiscovery.k8s.io/v2beta1");
    assert.equal(apiVersion([aggregatedType("v3"), v2]), "apidiscovery.k8s.io/v2");
  });

  test("gives way to the plain list for a client that prefers JSON", () => {
    assert.equal(textOf(documentAt("/apis", [JSON_TYPE, aggregatedType("v2")])?.body, "kind"), "APIGroupList");
    assert.equal(textOf(documentAt("/apis")?.body, "kind"), "APIGroupList");
  });

  test("names the group of what a custom resource answers with", () => {
    const [item] = elementsOf(documentAt("/apis", [aggregatedType("v2")])?.body, "items").slice(-1);
    const [resource] = elementsOf(elementsOf(item, "versions")[0], "resources");
    assert.deepEqual(resource, {
      resource: "widgets",
      responseKind: { group: "example.com", version: "v1", kind: "Widget" },
      scope: "Namespaced",
      singularResource: "widget",
      verbs: ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"],
      subresources: [
        {
          subresource: "status",
          responseKind: { group: "example.com", version: "v1", kind: "Widget" },
          verbs: ["get", "patch", "update"],
        },
        {
          subresource: "scale",
          responseKind: { group: "autoscaling", version: "v1", kind: "Scale" },
          verbs: ["get", "patch", "update"],
        },
      ],
    });
  });
});

describe("plain discovery", () => {
  test("the versions of a built-in group keep their order, those of custom resources are ranked", () => {
    const versions = ["v1alpha1", "foo", "v2beta1", "v1", "v10", "v2", "v2beta2", "bar"];
    const widgets = versions.map((version) => customResource("example.com", version, "Widget"));
    const group = documentAt("/apis/example.com", [], widgets)?.body;
    assert.deepEqual(
      elementsOf(group, "versions").map((version) => textOf(version, "version")),
      ["v10", "v2", "v1", "v2beta2", "v2beta1", "v1alpha1", "bar", "foo"],
    );
    assert.deepEqual(fieldOf(documentAt("/apis/autoscaling")?.body, "preferredVersion"), {
      groupVersion: "autoscaling/v2",
      version: "v2",
    });
  });

  test("groups of custom resources follow the built-in ones by name", () => {
    const resources = [
      customResource("b.example.com", "v1", "Gear"),
      customResource("a.example.com", "v1", "Gear"),
      ...RESOURCES,
    ];
    assert.deepEqual(
      elementsOf(documentAt("/apis", [], resources)?.body, "groups").map((group) => textOf(group, "name")),
      ["autoscaling", "a.example.com", "b.example.com", "example.com"],
    );
  });

  test("lists subresources beside their resource", () => {
    const names = elementsOf(documentAt("/apis/example.com/v1")?.body, "resources").map((one) => textOf(one, "name"));
    assert.deepEqual(names, ["widgets", "widgets/status", "widgets/scale"]);
  });

  test("an unknown group or version has no document", () => {
    for (const path of [
      "/apis/nope",
      "/apis/autoscaling/v3",
      "/api/v2",
      "/apis/",
      "/nope",
      "/api/v1/pods",
      "/apis//v1",
    ])
      assert.equal(documentAt(path)?.contentType, path === "/apis/" ? "application/json" : undefined, path);
  });

  test("the root lists the paths", () => {
    const paths = fieldOf(documentAt("/")?.body, "paths");
    assert.ok(Array.isArray(paths));
    assert.ok(
      ["/api/v1", "/apis/autoscaling", "/apis/autoscaling/v2", "/version"].every((path) => paths.includes(path)),
    );
  });
});

describe("OpenAPI", () => {
  test("version 2 is a document of 27 bytes", () => {
    const document = documentAt("/openapi/v2");
    assert.equal(document?.contentType, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    assert.ok(document.body instanceof Uint8Array);
    assert.equal(document.body.length, 27);
    assert.equal(textOf(documentAt("/openapi/v2", [JSON_TYPE])?.body, "swagger"), "2.0");
  });

  test("version 3 keeps a hash until the resources change", () => {
    const hashOf = (resources: readonly ServedResource[]): string | undefined =>
      textOf(fieldOf(fieldOf(documentAt("/openapi/v3", [], resources)?.body, "paths"), "api/v1"), "serverRelativeURL");
    assert.match(hashOf(RESOURCES) ?? "", /^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{128}$/);
    assert.equal(hashOf(RESOURCES), hashOf(RESOURCES.slice(0, 1)));
    assert.notEqual(hashOf(RESOURCES), hashOf([...RESOURCES, builtInResource("", "v1", "Secret")]));
  });

  test("version 3 lets clients keep a document under its hash only", () => {
    const index = documentAt("/openapi/v3")?.body;
    const url = textOf(fieldOf(fieldOf(index, "paths"), "apis/example.com/v1"), "serverRelativeURL") ?? "";
    assert.match(documentAt(url)?.headers?.["cache-control"] ?? "", /immutable/);
    assert.match(documentAt("/openapi/v3/apis/example.com/v1")?.headers?.["cache-control"] ?? "", /no-cache/);
  });

  test("says nothing that only this server makes of its schemas", () => {
    for (const path of ["api/v1", "apis/apps/v1", "apis/apiextensions.k8s.io/v1"]) {
      const document = JSON.stringify(documentAt(`/openapi/v3/${path}`, [], builtInResources())?.body);
      assert.match(document, /"x-kubernetes-/);
      assert.doesNotMatch(document, /"(x-go-[a-z-]+|fillIn|definition)":/);
    }
  });

  test("version 3 says that patches take fieldValidation", () => {
    const paths = fieldOf(documentAt("/openapi/v3/apis/example.com/v1")?.body, "paths");
    const patch = fieldOf(fieldOf(paths, "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}"), "patch");
    assert.ok(elementsOf(patch, "parameters").some((parameter) => textOf(parameter, "name") === "fieldValidation"));
  });
});
