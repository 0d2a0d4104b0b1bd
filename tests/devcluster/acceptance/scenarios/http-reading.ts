import { configMap } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

/** What other clients may read. */
export const httpReading: Scenario = {
  name: "http-reading",
  async play(session) {
    for (const name of ["a", "b", "c"]) await session.ask({ method: "POST", path: MAPS, body: labelled(name) });
    await representations(session);
    await lists(session);
    await watches(session);
  },
};

const MAPS = "/api/v1/namespaces/http-reading/configmaps";
const SELECTED = `${MAPS}?labelSelector=set%3Dhttp-reading`;
/** Only real clusters with controllers, and the embedded one, have a certificate in each namespace. */
const OWN = "fieldSelector=metadata.name!=big,metadata.name!=kube-root-ca.crt";
const TABLE = "application/json;as=Table;g=meta.k8s.io;v=";

function labelled(name: string, data: object = { a: "b" }): object {
  return configMap(name, data, { labels: { set: "http-reading" } });
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
      path: `/api/v1/watch/namespaces/http-reading/configmaps/a?timeoutSeconds=1`,
    }),
    session.http("a watch with initial events of any age", { path: `${path}&sendInitialEvents=true` }),
    session.http("a watch with a resourceVersion that is none", { path: `${path}&resourceVersion=abc` }),
    session.http("a watch from the future", { path: `${path}&resourceVersion=999999999` }),
    session.http("a watch that does not match", { path: `${path}&resourceVersionMatch=Exact&resourceVersion=1` }),
    session.http("a watch with a limit", { path: `${path}&limit=1&resourceVersion=${resourceVersion}` }),
    session.http("a watch as YAML", { path, headers: { accept: "application/yaml" } }),
  ]);
}
