/** The embedded server's front refuses, negotiates and answers as a real kube-apiserver does, to the word. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { writeKubeconfig } from "#devcluster/credentials/kubeconfig-file.ts";
import { parseJson } from "#kernel/json-value.ts";
import { ApiServerRig, type Asked } from "../support/api-server-rig.ts";
import {
  BODIES,
  CONFIG_MAPS,
  LIST_OPTIONS,
  NEGOTIATIONS,
  PATCHES,
  PATHS,
  WIDGETS,
  WRITE_OPTIONS,
  type Case,
} from "../support/refused-requests.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";

suite("the embedded server answers as kube-apiserver", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let real: KubeApiServer;
  let rig: ApiServerRig;
  before(async () => {
    real = await startKubeApiServer();
    rig = await ApiServerRig.start();
    await real.apply(WIDGET_DEFINITION);
    await real.kubectl("wait", "--for=condition=Established", "crd/widgets.example.com", "--timeout=30s");
    // Established is said before it is served.
    while ((await askReal("GET", WIDGETS)).code !== 200) await delay(100);
    const seed = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "seed", namespace: "default" } };
    await real.apply(seed, { ...seed, apiVersion: "example.com/v1", kind: "Widget" });
    await rig.ask(CONFIG_MAPS, { method: "POST", body: JSON.stringify(seed) });
  });
  after(async () => {
    await rig.server.close();
    await real.stop();
  });

  const askReal = (method: string, path: string, { headers = {}, body }: Asked = {}): Promise<Compared> => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { method, ca: readFileSync(real.caFile), agent: false };
    const sent = { authorization: `Bearer ${real.token}`, ...length, ...headers };
    return new Promise((resolve, reject) => {
      request(`${real.url}${path}`, { ...options, headers: sent }, async (response) => {
        let text = "";
        for await (const chunk of response) text += String(chunk);
        resolve(compared(response.statusCode, response.headers["content-type"], text));
      })
        .once("error", reject)
        .end(body);
    });
  };
  const askRig = async (method: string, path: string, asked: Asked): Promise<Compared> => {
    const { code, headers, text } = await rig.ask(path, { ...asked, method });
    return compared(code, headers["content-type"], text);
  };
  const differences = async (cases: readonly Case[]): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const [line, asked = {}] of cases) {
      const [method = "", path = ""] = line.split(" ");
      const [expected, actual] = [await askReal(method, path, asked), await askRig(method, path, asked)];
      if (JSON.stringify(expected) !== JSON.stringify(actual)) found.push({ line, asked, expected, actual });
    }
    return found;
  };

  test("to kubectl with the kubeconfig that it wrote", async () => {
    assert.ok(rig.credentials);
    const path = join(real.folder, "embedded", "kubeconfig");
    writeKubeconfig(path, { server: rig.server.url, credentials: rig.credentials });

    const ready = await real.kubectl("--kubeconfig", path, "get", "--raw", "/readyz");

    assert.equal(ready, "ok");
  });

  test("to paths and methods", async () => assert.deepEqual(await differences(PATHS), []));
  test("to Accept headers", async () => assert.deepEqual(await differences(NEGOTIATIONS), []));
  test("to bodies", async () => assert.deepEqual(await differences(BODIES), []));
  test("to patches", async () => assert.deepEqual(await differences(PATCHES), []));
  test("to options of lists and watches", async () => assert.deepEqual(await differences(LIST_OPTIONS), []));
  test("to options of writes and deletes", async () => assert.deepEqual(await differences(WRITE_OPTIONS), []));
});

interface Compared {
  readonly code: number | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

function compared(code: number | undefined, contentType: string | undefined, text: string): Compared {
  // What the embedded server cannot write it does not offer.
  const comparable = text.includes("in an unknown format") ? text : text.replaceAll(PROTOBUF, "");
  return { code, contentType, body: parseJson(comparable) ?? comparable };
}

const PROTOBUF = /, application\/vnd\.kubernetes\.protobuf(;stream=watch)?(?=[",])/g;

const WIDGET_DEFINITION = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
