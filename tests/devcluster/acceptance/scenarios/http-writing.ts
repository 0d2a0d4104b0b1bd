import { configMap } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** What other clients may write, and where. */
export const httpWriting: Scenario = {
  name: "http-writing",
  async play(session) {
    await session.ask({ method: "POST", path: MAPS, body: configMap("a", { a: "b" }, LABELLED) });
    await session.ask({ method: "POST", path: MAPS, body: configMap("b", { a: "b" }, LABELLED) });
    await creations(session);
    await changes(session);
    await deletions(session);
    await paths(session);
  },
};

const MAPS = "/api/v1/namespaces/http-writing/configmaps";
const LABELLED = { labels: { set: "http-writing" } };

async function creations(session: Session): Promise<void> {
  const post = (step: string, body: string | object, headers = {}, query = ""): Promise<unknown> =>
    session.http(step, { method: "POST", path: `${MAPS}${query}`, body, headers });
  await post("YAML is read", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: yaml}\ndata: {a: b}\n", {
    "content-type": "application/yaml",
  });
  await post("who says nothing about itself", configMap("unsaid"), { "user-agent": "" });
  await post("text is not read", "hello", { "content-type": "text/plain" });
  await post("no type is JSON", JSON.stringify(configMap("untyped")), { "content-type": "" });
  await post("broken JSON", '{"kind":');
  await post("an array", "[]");
  await post("nothing", "");
  await post("a kind may be left out", { metadata: { name: "kindless" } });
  await post("another kind", { ...configMap("x", {}), kind: "Secret" });
  await post("another version", { ...configMap("x"), apiVersion: "v2" });
  await post("a resourceVersion", configMap("x", {}, { resourceVersion: "1" }));
  await post("a uid of one's own", configMap("uid", {}, { uid: "mine", creationTimestamp: "2001-01-01T00:00:00Z" }));
  await post("no name", configMap(""));
  await post("a doubled key", '{"metadata":{"name":"double","name":"double2"}}', {}, "?fieldValidation=Strict");
  await post(
    "a doubled key with a warning",
    '{"metadata":{"name":"warned","name":"warned2"}}',
    {},
    "?fieldValidation=Warn",
  );
  await post("an unknown field is warned about", { ...configMap("more"), more: 1 });
  await post("bad options", configMap("x"), {}, "?dryRun=Some&fieldValidation=Maybe");
  await post("a long manager", configMap("x"), {}, `?fieldManager=${"x".repeat(129)}`);
  const tooLarge = await session.ask({
    method: "POST",
    path: MAPS,
    body: configMap("x", { a: "x".repeat(3 * 1024 * 1024) }),
  });
  session.record("a body of more than 3 MiB", tooLarge.shown, "413");
}

async function changes(session: Session): Promise<void> {
  await session.http("a replacement of what is not there", {
    method: "PUT",
    path: `${MAPS}/nope`,
    body: configMap("nope"),
  });
  await session.http("a replacement with another name", { method: "PUT", path: `${MAPS}/a`, body: configMap("b") });
  const patch = (step: string, type: string, body: string | object, name = "a"): Promise<unknown> =>
    session.http(step, { method: "PATCH", path: `${MAPS}/${name}`, body, headers: { "content-type": type } });
  await patch("a patch without a type", "", {});
  await patch("a patch of a wrong type", "application/json", {});
  await patch("a patch of what is not there", "application/merge-patch+json", {}, "nope");
  await patch("a broken merge patch", "application/merge-patch+json", "{");
  await patch("a broken JSON patch", "application/json-patch+json", [{ op: "jump", path: "/data" }]);
  await patch("an apply without a manager", "application/apply-patch+yaml", configMap("a"));
  await session.http("a status of a kind without", { method: "PUT", path: `${MAPS}/a/status`, body: configMap("a") });
}

async function deletions(session: Session): Promise<void> {
  const remove = (step: string, name: string, body: string | object = "", query = ""): Promise<unknown> =>
    session.http(step, { method: "DELETE", path: `${MAPS}${name}${query}`, body });
  await remove("another uid is not deleted", "/a", { preconditions: { uid: "other" } });
  await remove("another version is not deleted", "/a", { preconditions: { resourceVersion: "1" } });
  await remove("a bad policy", "/a", { propagationPolicy: "Sideways" });
  await remove("two policies", "/a", { propagationPolicy: "Orphan", orphanDependents: true });
  await remove("a policy in the query", "/a", "", "?propagationPolicy=Foreground&dryRun=All");
  await remove("one is deleted", "/a");
  await remove("many are deleted", "", "", "?labelSelector=set%3Dhttp-writing");
  await session.http("none is left", { path: `${MAPS}?labelSelector=set%3Dhttp-writing` });
}

async function paths(session: Session): Promise<void> {
  const gets = [
    "/apis/nope.example.com/v1/things",
    "/api/v1/nopes",
    "/api/v2",
    "/nope",
    `${MAPS}/b/nope`,
    "/api/v1/configmaps/b",
    "/apis/apps/v1/namespaces/http-writing/deployments/nope",
    "/apis/apps/v1/namespaces/http-writing/deployments/nope/scale",
    "/healthz",
    "/readyz",
    "/livez",
    "/readyz/ping",
    "/api/v1/namespaces/nope",
    "/api/v1/namespaces/nope/configmaps",
    "/api/v1/namespaces/http-writing/configmaps/UPPER",
  ];
  for (const path of gets) await session.http(`GET ${path}`, { path });
  await session.http("no PUT to a collection", { method: "PUT", path: MAPS, body: {} });
  await session.http("no POST to an object", { method: "POST", path: `${MAPS}/b`, body: {} });
  await session.http("no POST to all namespaces", { method: "POST", path: "/api/v1/configmaps", body: configMap("x") });
  await session.http("no deletion of all namespaces", { method: "DELETE", path: "/api/v1/namespaces" });
  await session.http("no OPTIONS", { method: "OPTIONS", path: MAPS });
  await session.http("a bad token", { path: MAPS, headers: { authorization: "Bearer nobody" } });
  await session.http("no token", { path: MAPS, headers: { authorization: "" } });
  await session.http("a namespaced object without its namespace", { path: "/api/v1/pods/p1" });
}
