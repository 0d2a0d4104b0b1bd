import { fieldOf, parseJson } from "#kernel/json-value.ts";
import { configMap, deployment } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

export const applying: Scenario = {
  name: "applying",
  async play(session) {
    await onTheClient(session);
    await dry(session);
    await onTheServer(session);
  },
};

async function onTheClient(session: Session): Promise<void> {
  const input = deployment("web");
  const changed = deployment("web", { image: "redis:8" });
  await session.kubectl("apply creates a Deployment", "apply -f -", { input, expect: "deployment.apps/web created" });
  await session.kubectl("apply leaves what is so already", "apply -f -", { input, expect: "web unchanged" });
  const verbose = await session.run("apply -v=8 -f -", { input: JSON.stringify(changed) });
  session.record("apply sends the one container that changed", `${verbose.stdout}${sentPatch(verbose.stderr)}`, [
    "web configured",
    '{"template":{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"d"}],"containers":[{"image":"redis:8","name":"d"}]}}}',
  ]);
  await session.kubectl("the Deployment shows both changes", "get deployment web -o yaml", { expect: "generation: 2" });
  await session.kubectl("apply takes several kinds and makes what is missing", "apply -f -", {
    input: [
      changed,
      configMap("made"),
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { ports: [{ port: 80 }], selector: { app: "web" } },
      },
    ],
  });
  await session.quietly("create -f -", configMap("unlabelled"));
  await session.kubectl("apply warns about what was created otherwise", "apply -f -", {
    input: configMap("unlabelled", { a: "c" }),
    expect: "Warning: resource configmaps/unlabelled is missing the kubectl.kubernetes.io/last-applied-configuration",
  });
  await session.kubectl("view-last-applied shows it", "apply view-last-applied configmap/made");
}

/** What kubectl sends of the spec, from what it tells with `-v=8`. */
function sentPatch(log: string): string {
  const [, body = ""] = /"Request Body" body=("\{\\"metadata\\".*")$/m.exec(log) ?? [];
  const patch = parseJson(String(parseJson(body)));
  return JSON.stringify(fieldOf(patch, "spec"));
}

async function dry(session: Session): Promise<void> {
  const input = deployment("web", { image: "redis:8" });
  const before = await session.quietly("get deployment web -o jsonpath={.metadata.resourceVersion}");
  await session.kubectl("a dry apply changes nothing", "apply --dry-run=server -f -", {
    input,
    expect: "unchanged (server dry run)",
  });
  await session.kubectl("a dry apply of a change says so", "apply --dry-run=server -f -", {
    input: deployment("web", { image: "redis:9" }),
    expect: "configured (server dry run)",
  });
  await session.kubectl("there is no difference to what was applied", "diff -f -", { input, expect: "exit code 0" });
  await session.kubectl("a difference is shown", "diff -f -", {
    input: deployment("web", { image: "redis:9" }),
    expect: ["redis:9", "exit code 1"],
  });
  const after = await session.quietly("get deployment web -o jsonpath={.metadata.resourceVersion}");
  session.record("dry runs leave the resourceVersion", String(before === after), "true");
}

async function onTheServer(session: Session): Promise<void> {
  const apply = (data: object): { readonly input: object } => ({ input: configMap("shared", data) });
  const line = "apply --server-side -f -";
  await session.kubectl("a server-side apply creates", line, {
    ...apply({ k: "1", l: "1" }),
    expect: "serverside-applied",
  });
  await session.kubectl("another manager conflicts", `${line} --field-manager=other`, {
    ...apply({ k: "2" }),
    expect: ['conflict with "kubectl": .data.k', "exit code 1"],
  });
  await session.kubectl("another manager agrees", `${line} --field-manager=other`, apply({ k: "1", l: "1" }));
  await session.kubectl("a key that one of two owners drops stays", line, apply({ k: "1" }));
  await session.kubectl("the key is there", "get configmap shared -o jsonpath={.data}", { expect: '"l":"1"' });
  await session.kubectl("another manager forces", `${line} --field-manager=other --force-conflicts`, apply({ k: "2" }));
  await session.kubectl("a key that both dropped is gone", "get configmap shared -o yaml --show-managed-fields");
  await session.quietly("create -f -", configMap("plain", { k: "1" }));
  await session.kubectl("who created also conflicts", line, {
    input: configMap("plain", { k: "2" }),
    expect: 'conflict with "kubectl-create" using v1: .data.k',
  });
  await session.kubectl("a Deployment is applied by the server", line, { input: deployment("ssa") });
  await session.kubectl("an image is applied by the server", line, { input: deployment("ssa", { image: "redis:9" }) });
  await session.kubectl(
    "the applied Deployment tells its managers",
    "get deployment ssa -o yaml --show-managed-fields",
  );
  await session.kubectl("a dry server-side apply", `${line} --dry-run=server`, {
    input: deployment("ssa", { image: "redis:8" }),
  });
}
