import { configMap } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** What other clients may send. */
export const http: Scenario = {
  name: "http",
  async play(session) {
    for (const name of ["a", "b", "c"]) await session.ask({ method: "POST", path: MAPS, body: labelled(name) });
    await representations(session);
    await lists(session);
    await watches(session);
    await writes(session);
    await deletions(session);
    await paths(session);
  },
};

const MAPS = "/api/v1/namespaces/http/configmaps";
const SELECTED = `${MAPS}?labelSelector=set%3Dhttp`;
/** Only real clusters with controllers, and the embedded one, have a certificate in each namespace. */
const OWN = "fieldSelector=metadata.name!=big,metadata.name!=kube-root-ca.crt";
const TABLE = "application/json;as=Table;g=meta.k8s.io;v=";

function labelled(name: string, data: object = { a: "b" }): object {
  return configMap(name, data, { labels: { set: "http" } });
}

async function representations(session: Session): Promise<void> {
  const accepts: readonly string[] = [
    "*/*",
    "application/*",
    "",
    "application/yaml",
    `${TABLE}v1`,
    `${TABLE}v1beta1`,
    `${TABLE}v2`,
    `${TABLE}v2,application/json`,
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
    "text/html",
    "text/html,application/json;q=0.5",
    "application/vnd.kubernetes.protobuf,application/json",
    "application/vnd.kubernetes.protobuf",
    "application/cbor",
    "application/json;as=Nothing;g=meta.k8s.io;v=v1",
  ];
  for (const accept of accepts) {
    await session.http(`one object as "${accept}"`, { path: `${MAPS}/a`, headers: { accept } });
  }
  const metadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  for (const accept of [`${TABLE}v1`, metadataList, "application/yaml"]) {
    await session.http(`a list as "${accept}"`, { path: SELECTED, headers: { accept } });
  }
  for (const include of ["Object", "None", "Metadata", "Nothing"]) {
    const path = `${SELECTED}&limit=1&includeObject=${include}`;
    await session.http(`a table with ${include}`, { path, headers: { accept: `${TABLE}v1` } });
  }
  await session.ask({ method: "POST", path: MAPS, body: configMap("big", { big: "x".repeat(200_000) }) });
  const gzip = await session.ask({ path: `${MAPS}/big`, headers: { "accept-encoding": "gzip" } });
  session.record("a big answer is compressed", String(gzip.headers["content-encoding"]), "gzip");
  const small = await session.ask({ path: `${MAPS}/a`, headers: { "accept-encoding": "gzip" } });
  session.record("a small answer is not compressed", String(small.headers["content-encoding"]));
}

async function lists(session: Session): Promise<void> {
  const first = await session.http("a first page", { path: `${MAPS}?limit=2&${OWN}` });
  await session.http("a list without limits", { path: SELECTED });
  await session.http("a first page with a selector", { path: `${SELECTED}&limit=2` });
  const list = first.json as { metadata: { continue: string; resourceVersion: string } };
  const token = encodeURIComponent(list.metadata.continue);
  const { resourceVersion } = list.metadata;
  await session.http("the next page", { path: `${MAPS}?limit=2&${OWN}&continue=${token}` });
  await session.ask({ method: "PUT", path: `${MAPS}/c`, body: labelled("c", { a: "changed" }) });
  await session.http("the list as it was", {
    path: `${SELECTED}&resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`,
  });
  const queries: readonly string[] = [
    "resourceVersion=0",
    `resourceVersion=${resourceVersion}&resourceVersionMatch=NotOlderThan`,
    "resourceVersion=999999999",
    "resourceVersion=abc",
    "resourceVersionMatch=Exact",
    "resourceVersion=0&resourceVersionMatch=Exact",
    "resourceVersion=1&resourceVersionMatch=Nothing",
    "sendInitialEvents=true",
    "limit=abc",
    "limit=-1",
    `continue=${Buffer.from('{"v":"meta.k8s.io/v2"}').toString("base64url")}`,
    `continue=${token}&resourceVersion=1`,
    "labelSelector=a%20in%20(b",
    "labelSelector=%2F",
    "fieldSelector=a",
    "fieldSelector=data.x%3D1",
    "timeoutSeconds=abc",
    "watch=abc&timeoutSeconds=1",
  ];
  for (const query of queries) {
    const path = `${SELECTED}&${query}`.replace(token, "TOKEN");
    const answer = await session.ask({ path: `${SELECTED}&${query}` });
    session.record(
      `a list with ${query.replace(token, "TOKEN").replace(resourceVersion, "REVISION")}`,
      answer.shown.replace(/^.*/, path),
    );
  }
}

async function watches(session: Session): Promise<void> {
  const path = `${SELECTED}&watch=true&timeoutSeconds=1`;
  const initial = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
  const current = await session.ask({ path: SELECTED });
  const { resourceVersion } = (current.json as { metadata: { resourceVersion: string } }).metadata;
  const same = await session.ask({ path: `${MAPS}/a` });
  const put = await session.ask({ method: "PUT", path: `${MAPS}/a`, body: same.json as object });
  session.record(
    "a replacement that changes nothing keeps its resourceVersion",
    String(put.bytes.equals(same.bytes)),
    "true",
  );
  await Promise.all([
    session.http("a watch from now", { path: `${path}&resourceVersion=${resourceVersion}` }),
    session.http("a watch from anywhere", { path: `${path}&resourceVersion=0` }),
    session.http("a watch without a resourceVersion", { path }),
    session.http("a watch with initial events", { path: `${path}&${initial}` }),
    session.http("a watch as a table", { path, headers: { accept: `${TABLE}v1` } }),
    session.http("a watch of metadata", {
      path,
      headers: { accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" },
    }),
    session.http("a watch of one object by its path", {
      path: `/api/v1/watch/namespaces/http/configmaps/a?timeoutSeconds=1`,
    }),
    session.http("a watch with initial events of any age", { path: `${path}&sendInitialEvents=true` }),
    session.http("a watch with a resourceVersion that is none", { path: `${path}&resourceVersion=abc` }),
    session.http("a watch from the future", { path: `${path}&resourceVersion=999999999` }),
    session.http("a watch that does not match", { path: `${path}&resourceVersionMatch=Exact&resourceVersion=1` }),
    session.http("a watch with a limit", { path: `${path}&limit=1&resourceVersion=${resourceVersion}` }),
    session.http("a watch as YAML", { path, headers: { accept: "application/yaml" } }),
  ]);
}

async function writes(session: Session): Promise<void> {
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
  await remove("many are deleted", "", "", "?labelSelector=set%3Dhttp");
  await session.http("none is left", { path: SELECTED });
}

async function paths(session: Session): Promise<void> {
  const gets = [
    "/apis/nope.example.com/v1/things",
    "/api/v1/nopes",
    "/api/v2",
    "/nope",
    `${MAPS}/b/nope`,
    "/api/v1/configmaps/b",
    "/apis/apps/v1/namespaces/http/deployments/nope",
    "/apis/apps/v1/namespaces/http/deployments/nope/scale",
    "/healthz",
    "/readyz",
    "/livez",
    "/readyz/ping",
    "/api/v1/namespaces/nope",
    "/api/v1/namespaces/nope/configmaps",
    "/api/v1/namespaces/http/configmaps/UPPER",
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
