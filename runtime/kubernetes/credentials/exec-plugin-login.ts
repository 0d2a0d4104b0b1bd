import type { Clock } from "#kernel/clock.ts";
import { fieldOf, parseJson, textOf } from "#kernel/json-value.ts";
import type { ClusterEntry, Environment, ExecEntry } from "../cluster-config.ts";
import { CredentialsError, type Login, type Proof } from "./credential.ts";
import { pemReader } from "./file-login.ts";
import { runProgram } from "./run-program.ts";

/** A proof that is about to expire is not sent any more. */
const EXPIRY_LEEWAY_MS = 10_000;
const PLUGIN_TIMEOUT_MS = 60_000;

interface ExecPluginDeps {
  readonly clock: Clock;
  readonly environment: Environment;
}

/**
 * Runs the kubeconfig's `exec` plugin (client-go: `plugin/pkg/client/auth/exec`). Its answer is kept until shortly before it
 * expires or is refused; who asks meanwhile waits for the run under way.
 */
export class ExecPluginLogin implements Login {
  readonly #exec: ExecEntry;
  readonly #cluster: ClusterEntry;
  readonly #deps: ExecPluginDeps;
  readonly #closed = new AbortController();
  #held: { readonly proof: Proof; readonly expiresAt: number } | undefined;
  #run: Promise<Proof> | undefined;

  constructor(exec: ExecEntry, cluster: ClusterEntry, deps: ExecPluginDeps) {
    this.#exec = exec;
    this.#cluster = cluster;
    this.#deps = deps;
  }

  prove(): Promise<Proof> {
    if (this.#held && this.#deps.clock.now() < this.#held.expiresAt) return Promise.resolve(this.#held.proof);
    this.#run ??= this.#ask().finally(() => (this.#run = undefined));
    return this.#run;
  }

  forget(): void {
    this.#held = undefined;
  }

  close(): void {
    this.#closed.abort();
  }

  async #ask(): Promise<Proof> {
    const { command, args, env, interactiveMode } = this.#exec;
    if (interactiveMode === "Always")
      this.#fail('its "interactiveMode" is "Always", and informd has no terminal to lend');
    const environment = { ...this.#deps.environment, ...env, KUBERNETES_EXEC_INFO: await this.#execInfo() };
    const limits = { clock: this.#deps.clock, timeoutMs: PLUGIN_TIMEOUT_MS, signal: this.#closed.signal };
    const result = await runProgram(command, args, environment, limits);
    if (result.type === "missing") this.#fail(`there is no such program. ${this.#exec.installHint ?? ""}`.trim());
    if (result.type === "failed") this.#fail(result.message);
    return this.#accept(parseJson(result.output));
  }

  #accept(answer: unknown): Proof {
    const { apiVersion } = this.#exec;
    if (textOf(answer, "kind") !== "ExecCredential") this.#fail("it printed no ExecCredential");
    const version = textOf(answer, "apiVersion") ?? "";
    if (version !== apiVersion) this.#fail(`it speaks "${version}", the kubeconfig says "${apiVersion}"`);
    const status = fieldOf(answer, "status");
    const [token, cert, key] = ["token", "clientCertificateData", "clientKeyData"].map((name) => textOf(status, name));
    if (!token && !(cert && key)) this.#fail("it gave neither a token nor a client certificate with its key");
    const proof: Proof = {
      authorization: token ? `Bearer ${token}` : undefined,
      certificate: cert && key ? { cert, key } : undefined,
    };
    const expiry = Date.parse(textOf(status, "expirationTimestamp") ?? "");
    this.#held = { proof, expiresAt: Number.isNaN(expiry) ? Infinity : expiry - EXPIRY_LEEWAY_MS };
    return proof;
  }

  async #execInfo(): Promise<string> {
    const spec = {
      interactive: false,
      ...(this.#exec.provideClusterInfo ? { cluster: await this.#clusterInfo() } : {}),
    };
    return JSON.stringify({ apiVersion: this.#exec.apiVersion, kind: "ExecCredential", spec });
  }

  async #clusterInfo(): Promise<object> {
    const { server, tlsServerName, insecureSkipTlsVerify, ca, proxyUrl, execConfig } = this.#cluster;
    return {
      server,
      "tls-server-name": tlsServerName,
      "insecure-skip-tls-verify": insecureSkipTlsVerify || undefined,
      "certificate-authority-data": ca && Buffer.from(await pemReader(ca, this.#deps.clock).read()).toString("base64"),
      "proxy-url": proxyUrl,
      config: execConfig,
    };
  }

  #fail(fact: string): never {
    throw new CredentialsError(`Cannot get credentials from exec plugin "${this.#exec.command}": ${fact}`);
  }
}
