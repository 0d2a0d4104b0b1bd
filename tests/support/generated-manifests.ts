import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { InformdProcess } from "./informd-process.ts";
import { KUBECTL, shellWithKubectl } from "./kubectl.ts";
import { run } from "./run-informd.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";
import type { Named } from "./test-cluster/cluster-verbs.ts";
import type { TestCluster } from "./test-cluster/test-cluster.ts";

export const ROOT = join(import.meta.dirname, "..", "..");

export const withoutKubectl =
  KUBECTL === undefined && 'needs kubectl: run "setup-envtest use" and export the KUBEBUILDER_ASSETS that it prints';

export const NO_ROLES = "the embedded server has neither roles nor admission plugins";

/** An object of a generated set; `data` of a ConfigMap, `spec` of a Deployment. */
export interface Manifest extends Named {
  readonly data: Readonly<Record<string, string>>;
  readonly spec: { readonly template: PodTemplate };
}

interface PodTemplate {
  readonly metadata: object;
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly args: readonly string[] }[];
  };
}

/** What `informd manifests` prints, applied to a cluster and run with the rights that it grants. */
export class GeneratedManifests {
  readonly #cluster: TestCluster;
  readonly #folder = new TemporaryDirectory();
  #informd: InformdProcess | undefined;

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  kubectl(line: string): Promise<string> {
    return shellWithKubectl(`kubectl --kubeconfig ${this.#cluster.kubeconfigPath} ${line}`, this.#folder.path);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.#folder.path, name), text);
  }

  /** Prints them for these handlers, or for the default ones, and applies them. */
  async apply(
    files: Readonly<Record<string, string>> | undefined,
    ...flags: readonly string[]
  ): Promise<readonly Manifest[]> {
    const { stdout, stderr } = await this.print(files, ...flags);
    assert.equal(stderr, "");
    this.write("manifests.yaml", stdout);
    // Warnings would tell of what Pod Security does not like, and of fields that do not exist.
    await this.kubectl("apply --server-side --validate=strict --warnings-as-errors -f manifests.yaml");
    return loadAll(stdout).filter((one) => one !== null) as Manifest[];
  }

  async print(
    files: Readonly<Record<string, string>> | undefined,
    ...flags: readonly string[]
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    using handlers = new TemporaryDirectory(files);
    const directory = files ? handlers.path : join(ROOT, "handlers");
    return await run(["manifests", "--handlers", directory, ...flags], this.#folder.path);
  }

  /** As the pod would be started, with the token of its service account, but with folders of this machine. */
  async start(objects: readonly Manifest[]): Promise<InformdProcess> {
    const { metadata, spec } = one(objects, "Deployment");
    const [container] = spec.template.spec.containers;
    const account = spec.template.spec.serviceAccountName;
    const token = await this.kubectl(`create token ${account} -n ${metadata.namespace}`);
    const kubeconfig = this.#cluster.createKubeconfig(`${metadata.namespace}-pod`, { token: token.trim() });
    const mounted = new TemporaryDirectory(one(objects, "ConfigMap").data);
    const places: Readonly<Record<string, string>> = {
      "/etc/informd/handlers": mounted.path,
      "/var/lib/informd": join(mounted.path, ".state"),
      ":8080": "127.0.0.1:0",
    };
    const args = container?.args.map((argument) =>
      argument.replace(/=(.*)$/, (_, value: string) => `=${places[value] ?? value}`),
    );
    const informd = new InformdProcess([...(args ?? []), `--kubeconfig=${kubeconfig}`], {
      cwd: this.#folder.path,
      env: { ...process.env, POD_NAME: "informd-0", POD_NAMESPACE: metadata.namespace, POD_UID: randomUUID() },
    });
    void informd.exited.then(() => mounted[Symbol.dispose]());
    this.#informd = informd;
    return informd;
  }

  /** Ends what `start` started. */
  async stop(): Promise<void> {
    await this.#informd?.stop();
    this.#informd = undefined;
  }

  /** What the API server says: it notices a change of roles a moment later. @param request as `kubectl auth can-i` takes it */
  async untilAnswered(request: string, answer: "yes" | "no"): Promise<void> {
    while ((await this.kubectl(`auth can-i ${request} || true`)).trim() !== answer);
  }
}

export function one(objects: readonly Manifest[], kind: string): Manifest {
  const found = objects.find((object) => object.kind === kind);
  assert.ok(found, kind);
  return found;
}

/** A handler that logs what it is told. */
export const LOGS = `export default (event, { log }) => log.info("seen", { name: event.key.name });\n`;
