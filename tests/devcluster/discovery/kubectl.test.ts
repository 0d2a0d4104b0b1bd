import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createDiscovery } from "#devcluster/discovery/discovery.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../../support/kube-api-server.ts";
import { ApiProxy, type OwnAnswer, type ProxiedRequest } from "../support/api-proxy.ts";
import { customResource } from "../support/served-resources.ts";

const WIDGETS = customResource("example.com", "v1", "Widget", {
  shortNames: ["wd"],
  categories: ["all"],
  schema: {
    type: "object",
    properties: {
      spec: {
        type: "object",
        required: ["size"],
        properties: { size: { type: "integer" }, tags: { type: "array", items: { type: "string" } } },
      },
    },
  },
});

describe("kubectl with these documents", { skip: skipWithoutApiServer }, () => {
  let server: KubeApiServer;
  let proxy: ApiProxy;
  const patches: string[] = [];
  const discovery = createDiscovery(() => [...builtInResources(), WIDGETS]);

  before(async () => {
    server = await startKubeApiServer();
    await server.apply(widgetDefinition());
    proxy = new ApiProxy(server, ({ method, url, headers, body }) => {
      if (method === "PATCH") patches.push(body.toString());
      return ownAnswer(url, headers);
    });
    await proxy.start();
  });
  after(async () => {
    proxy.stop();
    await server.stop();
  });

  /** Of our documents, so that the real server only stores objects. */
  function ownAnswer(url: URL, headers: ProxiedRequest["headers"]): OwnAnswer | undefined {
    const accept = (headers.accept ?? "").split(",").map((entry) => {
      const [type = "", ...parameters] = entry.trim().split(";");
      return { type, parameters: Object.fromEntries(parameters.map((parameter) => parameter.split("="))) };
    });
    const document = discovery({ path: url.pathname, query: url.searchParams, accept });
    if (document === undefined) return undefined;
    const { body } = document;
    return { ...document, body: body instanceof Uint8Array ? body : JSON.stringify(body) };
  }

  test("creates, applies and compares a built-in object", async () => {
    const config = configMap("settings", "blue");
    assert.equal(await proxy.kubectl(["create", "-f", "-"], config), "configmap/settings created\n");
    assert.equal(
      await proxy.kubectl(["apply", "-f", "-"], configMap("applied", "blue")),
      "configmap/applied created\n",
    );
    assert.equal(
      await proxy.kubectl(["apply", "-f", "-"], configMap("applied", "blue")),
      "configmap/applied unchanged\n",
    );
    assert.equal(
      await proxy.kubectl(["apply", "-f", "-"], configMap("applied", "red")),
      "configmap/applied configured\n",
    );
    assert.equal(await proxy.kubectl(["diff", "-f", "-"], configMap("applied", "red")), "");
    await assert.rejects(proxy.kubectl(["diff", "-f", "-"], configMap("applied", "green")), /colour: green/);
  });

  test("creates and applies a custom object", async () => {
    const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" }, spec: { size: 1 } };
    assert.equal(await proxy.kubectl(["create", "-f", "-"], JSON.stringify(widget)), "widget.example.com/w created\n");
    const changed = JSON.stringify({ ...widget, spec: { size: 2 } });
    assert.equal(await proxy.kubectl(["apply", "-f", "-"], changed), "widget.example.com/w configured\n");
    assert.match(await proxy.kubectl(["get", "wd"]), /^NAME +AGE\nw /);
    assert.match(await proxy.kubectl(["get", "all"]), /widget.example.com\/w/);
  });

  test("says that a kind is unknown as with a real server", async () => {
    const gadget = JSON.stringify({ apiVersion: "example.com/v1", kind: "Gadget", metadata: { name: "g" } });
    await assert.rejects(
      proxy.kubectl(["apply", "-f", "-"], gadget),
      /no matches for kind "Gadget".*ensure CRDs are installed first/s,
    );
  });

  test("has unknown fields checked by the server", async () => {
    const pod = JSON.stringify({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: { imagee: "i", containers: [] },
    });
    await assert.rejects(
      proxy.kubectl(["create", "-f", "-"], pod),
      /strict decoding error: unknown field "spec.imagee"/,
    );
  });

  test("patches lists element by element", async () => {
    await proxy.kubectl(["apply", "-f", "-"], deployment("redis:1"));
    await proxy.kubectl(["apply", "-f", "-"], deployment("redis:2"));
    const { spec } = JSON.parse(patches.at(-1) ?? "") as { spec: { template: { spec: object } } };
    assert.deepEqual(spec.template.spec, {
      "$setElementOrder/containers": [{ name: "web" }, { name: "cache" }],
      containers: [{ name: "cache", image: "redis:2" }],
    });
  });

  test("explains the fields of built-in and custom kinds", async () => {
    const container = await proxy.kubectl(["explain", "pods.spec.containers"]);
    assert.match(container, /FIELD: containers <\[\]Container>/);
    assert.match(container, /imagePullPolicy\t<string>\n  enum: Always, IfNotPresent, Never/);
    assert.match(
      await proxy.kubectl(["explain", "deployment.spec.template.spec.volumes.configMap.items"]),
      /key\t<string> -required-/,
    );
    assert.match(
      await proxy.kubectl(["explain", "crd.spec.versions.schema", "--recursive"]),
      /openAPIV3Schema\t<JSONSchemaProps>/,
    );
    const widget = await proxy.kubectl(["explain", "widget.spec"]);
    assert.match(widget, /GROUP: +example.com\nKIND: +Widget\nVERSION: +v1/);
    assert.match(widget, /size\t<integer> -required-/);
    assert.match(widget, /tags\t<\[\]string>/);
  });

  test("lists the resources, the versions and the release", async () => {
    assert.equal(await namesOf(proxy), await namesOf(server));
    assert.equal(await proxy.kubectl(["api-versions"]), await server.kubectl("api-versions"));
    assert.match(await proxy.kubectl(["version"]), /Server Version: v1\.37\.2\+informd/);
  });

  async function namesOf(client: ApiProxy | KubeApiServer): Promise<string> {
    const args = ["api-resources", "--no-headers", "-o", "wide", "--cached=false"];
    return "url" in client ? client.kubectl(...args) : client.kubectl(args);
  }
});

function configMap(name: string, colour: string): string {
  return JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { colour } });
}

function deployment(image: string): string {
  const labels = { app: "web" };
  const containers = [
    { name: "web", image: "nginx:1" },
    { name: "cache", image },
  ];
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
  return JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec });
}

function widgetDefinition(): object {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "widgets", kind: "Widget", shortNames: ["wd"], categories: ["all"] },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}
