import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { startKubeApiServer } from "../../support/kube-api-server.ts";
import { clusterRig } from "../cluster-rig.ts";
import { SAMPLES } from "../support/samples/all.ts";
import { twinServers } from "./twin-servers.ts";
import { resourceName, apiVersionOf } from "#resources/api-resource.ts";

test("x", async (t) => {
  const server = await startKubeApiServer({ flags: ["--service-cluster-ip-range=10.96.0.0/16"] });
  try {
  const rig = clusterRig(t, { controllers: false });
  for (const name of ["default","kube-system"]) rig.user.create("namespaces", { metadata: { name } });
  const ask = twinServers(server, rig);
  const show = (what: string, a: any) => { if (!isDeepStrictEqual(a.real, a.embedded)) console.log(what, "\n  REAL", diff(a.real, a.embedded)); };
  for (const { object, status } of SAMPLES) {
    const r = rig.registry.all().find((r) => apiVersionOf(r) === object.apiVersion && r.kind === object.kind && r.verbs.includes("create"))!;
    const name = resourceName(r);
    show(`create ${name} ${object.metadata.name}`, await ask({ verb: "create", resource: r.storage, name: object.metadata.name, body: object as any }));
  }
  for (const { object, status } of SAMPLES) if (!status) {
    const r = rig.registry.all().find((r) => apiVersionOf(r) === object.apiVersion && r.kind === object.kind && r.verbs.includes("create"))!;
    show(`delete ${resourceName(r)} ${object.metadata.name}`, await ask({ verb: "delete", resource: r.storage, name: object.metadata.name }).catch((e) => ({ real: String(e), embedded: object.metadata.name })));
  }
  } finally { await server.stop(); }
});
function diff(a: any, b: any, path = ""): string {
  if (isDeepStrictEqual(a, b)) return "";
  if (a && b && typeof a === "object" && typeof b === "object" && Array.isArray(a) === Array.isArray(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((k) => diff(a[k], b[k], `${path}.${k}`)).filter(Boolean).join("\n");
  return `    ${path}: real ${JSON.stringify(a)} embedded ${JSON.stringify(b)}`.slice(0, 700);
}
