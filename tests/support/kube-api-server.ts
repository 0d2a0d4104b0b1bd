/**
 * A real kube-apiserver with its etcd, on 127.0.0.1, for the tests of one file. About 3 s to start, 310 MB.
 * No controllers and no kubelet run: a Deployment makes no pods, a created pod stays Pending (delete it with
 * `--grace-period=0 --force`), a deleted namespace stays Terminating, and `view`, `edit` and `admin` have no rules.
 */
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { LeashedProcess } from "./leashed-process.ts";
import { writeKubeconfig } from "./test-cluster/write-kubeconfig.ts";

const ASSETS = process.env["KUBEBUILDER_ASSETS"];

/** For the `skip` option of a suite: `false` where a kube-apiserver is at hand, else one line that says how to get one. */
export const skipWithoutApiServer: string | false =
  ASSETS === undefined || ASSETS === ""
    ? 'needs a kube-apiserver: run "setup-envtest use" and export the KUBEBUILDER_ASSETS that it prints'
    : false;

export interface ApiServerOptions {
  /** Further flags of kube-apiserver, for example `--min-request-timeout=5`. */
  readonly flags?: readonly string[];
}

export interface User {
  readonly name: string;
  readonly token: string;
  readonly kubeconfigPath: string;
}

const READY_TIMEOUT_MS = 60_000;
const SPARE_USERS = 32;

/** Starts both processes and resolves when the API server is ready. `stop` it in the suite's `after`. */
export async function startKubeApiServer({ flags = [] }: ApiServerOptions = {}): Promise<KubeApiServer> {
  const folder = mkdtempSync(join(tmpdir(), "informd-envtest-"));
  const server = new KubeApiServer(folder, [await freePort(), await freePort(), await freePort()], flags);
  await server.start();
  return server;
}

export class KubeApiServer {
  readonly url: string;
  /** The certificate that the server made for itself, PEM. */
  readonly caFile: string;
  /** Of a member of `system:masters`. */
  readonly token = "admin-token";
  readonly kubeconfigPath: string;
  /** For files of the tests. Removed by `stop`. */
  readonly folder: string;
  readonly #etcdUrl: string;
  readonly #peerUrl: string;
  readonly #flags: readonly string[];
  readonly #removeFolder = (): void => rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  #users = 0;
  #etcd: LeashedProcess | undefined;
  #apiServer: LeashedProcess | undefined;

  constructor(folder: string, ports: readonly [number, number, number], flags: readonly string[]) {
    this.folder = folder;
    this.#flags = flags;
    [this.url, this.#etcdUrl, this.#peerUrl] = [
      `https://127.0.0.1:${ports[0]}`,
      `http://127.0.0.1:${ports[1]}`,
      `http://127.0.0.1:${ports[2]}`,
    ];
    this.caFile = join(folder, "certs", "apiserver.crt");
    this.kubeconfigPath = this.createKubeconfig("admin", { token: this.token });
    this.#writeKeys();
    process.once("exit", this.#removeFolder);
  }

  async start(): Promise<void> {
    this.#etcd = this.#spawn("etcd", [
      `--data-dir=${join(this.folder, "etcd")}`,
      `--listen-client-urls=${this.#etcdUrl}`,
      `--advertise-client-urls=${this.#etcdUrl}`,
      `--listen-peer-urls=${this.#peerUrl}`,
      "--unsafe-no-fsync",
      "--log-level=error",
    ]);
    await this.startApiServer();
  }

  async startApiServer(): Promise<void> {
    this.#apiServer = this.#spawn("kube-apiserver", [
      `--etcd-servers=${this.#etcdUrl}`,
      `--secure-port=${new URL(this.url).port}`,
      "--bind-address=127.0.0.1",
      `--cert-dir=${join(this.folder, "certs")}`,
      `--token-auth-file=${join(this.folder, "tokens.csv")}`,
      "--authorization-mode=RBAC",
      `--service-account-issuer=${this.url}`,
      `--service-account-key-file=${join(this.folder, "sa.pub")}`,
      `--service-account-signing-key-file=${join(this.folder, "sa.key")}`,
      "--service-cluster-ip-range=10.0.0.0/24",
      "--disable-admission-plugins=ServiceAccount",
      "--allow-privileged=true",
      ...this.#flags,
    ]);
    await this.#untilReady();
  }

  /** SIGKILL: connections break, nothing is flushed. etcd goes on. */
  async killApiServer(): Promise<void> {
    await this.#apiServer?.kill();
  }

  /** SIGKILL, then a new process on the same address with the same data. Its watch caches start empty. */
  async restartApiServer(): Promise<void> {
    await this.killApiServer();
    await this.startApiServer();
  }

  /** Drops etcd's history. The API server's watch caches still hold theirs until it is restarted. */
  async compactEtcd(): Promise<void> {
    const { header } = (await this.#etcdCall("range", { key: "AA==" })) as { header: { revision: string } };
    await this.#etcdCall("compaction", { revision: header.revision, physical: true });
  }

  /** Runs kubectl as the administrator and resolves with what it prints. Rejects with what it complains about. */
  kubectl(...args: readonly string[]): Promise<string> {
    return this.#kubectl(args);
  }

  /** `kubectl apply` of objects. */
  apply(...items: readonly object[]): Promise<string> {
    return this.#kubectl(["apply", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  }

  /** A user without any rights; bind roles to its name with kubectl. */
  addUser(): User {
    if (this.#users === SPARE_USERS) throw new Error(`Cannot add a user: all ${SPARE_USERS} are taken`);
    const name = `user-${this.#users++}`;
    const token = `${name}-token`;
    return { name, token, kubeconfigPath: this.createKubeconfig(name, { token }) };
  }

  /** @param user what a kubeconfig says under `user`, for example `{ token }` or `{ exec }` */
  createKubeconfig(name: string, user: object, namespace = "default"): string {
    return writeKubeconfig(this.folder, { name, url: this.url, caFile: this.caFile, user, namespace });
  }

  async stop(): Promise<void> {
    await this.#apiServer?.kill();
    await this.#etcd?.kill();
    this.#removeFolder();
    process.off("exit", this.#removeFolder);
  }

  #writeKeys(): void {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(join(this.folder, "sa.key"), privateKey.export({ type: "pkcs1", format: "pem" }));
    writeFileSync(join(this.folder, "sa.pub"), publicKey.export({ type: "spki", format: "pem" }));
    const users = Array.from({ length: SPARE_USERS }, (_, i) => `user-${i}-token,user-${i},user-${i}-uid`);
    writeFileSync(
      join(this.folder, "tokens.csv"),
      [`${this.token},admin,admin-uid,"system:masters"`, ...users].join("\n"),
    );
  }

  #spawn(program: string, args: readonly string[]): LeashedProcess {
    return new LeashedProcess(join(ASSETS ?? "", program), args, join(this.folder, `${program}.log`));
  }

  async #untilReady(): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await this.#isReady())) {
      if (this.#apiServer?.running === true && performance.now() < deadline) await delay(100);
      else throw new Error(`Cannot start kube-apiserver: ${this.#lastLogLines()}`);
    }
  }

  #isReady(): Promise<boolean> {
    return new Promise((resolve) => {
      let ca: Buffer;
      try {
        ca = readFileSync(this.caFile);
      } catch {
        return resolve(false);
      }
      const headers = { authorization: `Bearer ${this.token}` };
      get(`${this.url}/readyz`, { ca, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      }).on("error", () => resolve(false));
    });
  }

  #lastLogLines(): string {
    return ["etcd", "kube-apiserver"]
      .flatMap((program) =>
        readFileSync(join(this.folder, `${program}.log`), "utf8")
          .split("\n")
          .slice(-8),
      )
      .join("\n");
  }

  async #etcdCall(method: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.#etcdUrl}/v3/kv/${method}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`Cannot call etcd's ${method}: ${await response.text()}`);
    return response.json();
  }

  #kubectl(args: readonly string[], input = ""): Promise<string> {
    return new Promise((resolve, reject) => {
      const env = { PATH: process.env["PATH"], HOME: this.folder, KUBECONFIG: this.kubeconfigPath };
      const options = { env, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(join(ASSETS ?? "", "kubectl"), [...args], options, (error, stdout, stderr) =>
        error ? reject(new Error(`kubectl ${args.join(" ")}: ${stderr || error.message}`)) : resolve(stdout),
      );
      child.stdin?.end(input);
    });
  }
}
