import assert from "node:assert/strict";
import { test } from "node:test";
import type { HandlerOptions } from "#handler-api/options.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import { createOpenCaches } from "#assembly/caches/open-caches.ts";
import { Reachability } from "#assembly/reachability.ts";
import { fakeCatalog } from "../support/api-resources.ts";
import { FakeObjectClient } from "../support/brokered-handler.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { quietBroker } from "../support/quiet-broker.ts";
import { pod } from "../support/objects.ts";
import { RecordingLogger } from "../support/recording-logger.ts";
import { revision } from "../support/revisions.ts";
import { ScriptedListWatch, status } from "../support/scripted-list-watch.ts";

/** A cluster of scripted list-watches, one for each resource. */
function bench(catalog: ResourceCatalog = fakeCatalog(), namespace?: string) {
  const clock = new FakeClock();
  const apis = new Map<string, ScriptedListWatch>();
  const api = (plural: string): ScriptedListWatch => {
    const known = apis.get(plural) ?? new ScriptedListWatch();
    apis.set(plural, known);
    return known;
  };
  const listWatch = ({ resource }: { readonly resource: { readonly plural: string } }): ScriptedListWatch =>
    api(resource.plural);
  const factory = new SharedInformerFactory({ listWatch, clock, random: () => 0 }, { watchList: false });
  const stop = new AbortController();
  factory.start(stop.signal);
  const openCaches = createOpenCaches({
    clock,
    catalog,
    server: "https://api.test",
    reachability: new Reachability(new RecordingLogger(), "https://api.test"),
    factory,
    broker: {
      objects: new FakeObjectClient(),
      catalog,
      clock,
      ...quietBroker(),
      signal: stop.signal,
    },
    namespace,
    listWatch,
  });
  const problems: string[] = [];
  return {
    clock,
    api,
    problems,
    open: (options: HandlerOptions = {}, signal = new AbortController().signal) =>
      openCaches(
        { handler: "watch", options: revision({ options }).options },
        (reason) => void problems.push(reason),
        signal,
      ),
    stop: () => {
      stop.abort();
      return factory.shutdown();
    },
  };
}

test("a reload onto the same resource keeps the informer, and the last release ends it", async () => {
  const { api, open, stop } = bench();
  api("pods").answerList([pod()], "10");
  const former = await open();
  const next = await open();
  assert.equal(former.view, next.view);
  former.release();
  assert.equal(api("pods").lastWatch.aborts, 0);
  next.release();
  await settle();
  assert.equal(api("pods").lastWatch.aborts, 1);
  assert.deepEqual(api("pods").requests, ["LIST limit=500", "WATCH rv=10"]);
  await stop();
});

test("an informer whose kind is found after the opening was given up does not run", async () => {
  const nodes = Promise.withResolvers<Resolution>();
  const known = fakeCatalog();
  const catalog: ResourceCatalog = {
    resolve: (name, signal) => (name === "nodes" ? nodes.promise : known.resolve(name, signal)),
  };
  const { api, clock, open, stop } = bench(catalog);
  const abort = new AbortController();
  const opening = open({ listers: ["nodes"] }, abort.signal);
  await settle();
  abort.abort(new Error("saved again"));
  await assert.rejects(opening, /saved again/);
  nodes.resolve(await known.resolve("nodes", abort.signal));
  await clock.advance(1_000);
  assert.deepEqual(api("nodes").requests, []);
  await stop();
});

test("two resources that fail in turn are each named once, not at every try", async () => {
  const { api, clock, problems, open, stop } = bench();
  const forbidden = status(403, "Forbidden");
  api("pods").failList(forbidden, forbidden, forbidden, forbidden);
  api("nodes").failList(forbidden, forbidden, forbidden, forbidden);
  const abort = new AbortController();
  const opening = open({ listers: ["nodes"] }, abort.signal);
  await clock.advance(6_000);
  assert.deepEqual(
    problems.map((reason) => reason.slice(0, reason.indexOf(":"))),
    ["Cannot list pods", "Cannot list nodes"],
  );
  abort.abort();
  await assert.rejects(opening);
  await stop();
});

test("the indices of former revisions do not stay behind", async () => {
  const { api, open, stop } = bench();
  api("pods").answerList([pod({}, { spec: { nodeName: "n1" } })], "10");
  const event = { id: "1", namespace: "default", name: "web" };
  const first = await open({ indexes: { byNode: "spec.nodeName" } });
  const found = first.capabilities.read("lister.byIndex", ["byNode", "n1"], event);
  assert.match(Buffer.from(found).toString(), /"name":"web"/);
  const second = await open({ indexes: { byPhase: "status.phase" } });
  first.release();
  assert.throws(() => first.capabilities.read("lister.byIndex", ["byNode", "n1"], event), /index/);
  second.release();
  await stop();
});

test("the runtime's namespace bounds what allow.kube allows, unless an entry or the handler names another", async () => {
  const { api, open, stop } = bench(fakeCatalog(), "prod");
  api("pods").answerList([], "10");
  const kube = ["get pods", "delete pods in audit"];
  const caches = await open({ allow: { kube } });
  const call = (method: string, namespace: string): Promise<unknown> =>
    caches.capabilities.call(
      method,
      ["pods", { name: "web", namespace }],
      { id: "1", namespace, name: "web" },
      new AbortController().signal,
    );
  const refused = { name: "NotAllowedError" };
  await assert.rejects(call("kube.get", "dev"), { ...refused, message: /Add "get pods in dev" to allow\.kube/ });
  await assert.rejects(call("kube.delete", "prod"), refused);
  await call("kube.get", "prod");
  await call("kube.delete", "audit");
  caches.release();
  await stop();
});
