import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ApiException } from "@kubernetes/client-node";
import { parseJson } from "#kernel/json-value.ts";
import { ask, shownJson, type HttpAnswer, type HttpQuestion } from "./ask.ts";
import { normalise } from "./normalise.ts";
import { runKubectl, wordsOf, type KubectlResult, type KubectlRun } from "./run-kubectl.ts";
import type { Expectation, Observation } from "./scenario.ts";
import type { TestedServer } from "./tested-server.ts";

export interface StepOptions {
  /** On standard input: manifests, or text as it is. */
  readonly input?: string | object | readonly object[];
  /** What both servers must show. */
  readonly expect?: Expectation | readonly Expectation[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface WatchOptions extends Pick<StepOptions, "expect"> {
  /** What the watch prints when it has begun. */
  readonly ready?: RegExp;
  /** How long it takes to begin, where it prints nothing. */
  readonly afterMs?: number;
  /** What others do meanwhile. */
  readonly during: () => Promise<unknown>;
  /** How many lines are to come. */
  readonly lines: number;
}

const WATCH_PATIENCE_MS = 30_000;

/** One user of one server: runs kubectl, asks over HTTP, and records what there is to see. */
export class Session {
  readonly server: TestedServer;
  readonly namespace: string;
  /** For kubectl and client-node: its namespace is the session's. */
  readonly kubeconfig: string;
  readonly observations: Observation[] = [];
  readonly #home = mkdtempSync(join(tmpdir(), "informd-acceptance-"));

  constructor(server: TestedServer, namespace: string) {
    this.server = server;
    this.namespace = namespace;
    this.kubeconfig = join(this.#home, "kubeconfig");
    writeFileSync(this.kubeconfig, JSON.stringify(kubeconfigOf(server, namespace)), { mode: 0o600 });
  }

  /** Runs a command line of kubectl and records how it ends and what it prints. */
  async kubectl(step: string, line: string, { input, env, expect }: StepOptions = {}): Promise<KubectlResult> {
    const result = await this.run(line, { ...inputOf(input), ...(env && { env }) });
    this.record(step, shownBy(line, result), expect);
    return result;
  }

  /** Runs kubectl for something that must work and is of no further interest. Resolves with what it prints. */
  async quietly(line: string, input?: StepOptions["input"]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(line, inputOf(input));
    if (exitCode !== 0) throw new Error(`kubectl ${line} on the ${this.server.name} server: ${stdout}${stderr}`);
    return stdout;
  }

  /** Runs kubectl until it has printed so many lines, and records them. */
  async watch(step: string, line: string, { ready, afterMs = 0, during, lines, expect }: WatchOptions): Promise<void> {
    const [seen, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const end = new AbortController();
    const watching = this.run(line, {
      signal: end.signal,
      onOutput: (soFar) => {
        if (ready?.test(soFar)) seen.resolve();
        if (soFar.split("\n").length > lines) enough.resolve();
      },
    });
    // A watch that fails ends by itself.
    await Promise.race([ready ? seen.promise : delay(afterMs), watching]);
    await during();
    await Promise.race([enough.promise, delay(WATCH_PATIENCE_MS), watching]);
    end.abort();
    const { stdout, stderr } = await watching;
    this.record(step, `$ kubectl ${line}\n${stdout}${stderr}`, expect);
  }

  run(line: string, options: Partial<KubectlRun> = {}): Promise<KubectlResult> {
    const args = [`--cache-dir=${join(this.#home, "cache")}`, ...wordsOf(line)];
    return runKubectl({ args, home: this.#home, kubeconfig: this.kubeconfig, ...options });
  }

  /** Sends a request and records what comes back. */
  async http(step: string, question: HttpQuestion, { expect }: Pick<StepOptions, "expect"> = {}): Promise<HttpAnswer> {
    const answer = await this.ask(question);
    this.record(step, answer.shown, expect);
    return answer;
  }

  ask(question: HttpQuestion): Promise<HttpAnswer> {
    return ask(this.server, question);
  }

  /** Calls a client library and records what it returns or throws. */
  async call<T>(step: string, client: () => Promise<T>, expect?: StepOptions["expect"]): Promise<T | undefined> {
    try {
      const result = await client();
      this.record(step, shownJson(result), expect);
      return result;
    } catch (error) {
      if (!(error instanceof ApiException)) throw error;
      this.record(step, `${error.code}\n${shownJson(parseJson(String(error.body)))}`, expect);
      return undefined;
    }
  }

  record(step: string, text: string, expect: StepOptions["expect"] = []): void {
    if (this.observations.some((one) => one.step === step)) throw new Error(`There are two steps "${step}"`);
    this.observations.push({ step, text: normalise(text), expected: [expect].flat() });
  }

  end(): void {
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function shownBy(line: string, { exitCode, stdout, stderr }: KubectlResult): string {
  return `$ kubectl ${line}\n${stdout}${stderr && `stderr: ${stderr}`}exit code ${exitCode}`;
}

function inputOf(input: StepOptions["input"]): { readonly input?: string } {
  if (input === undefined) return {};
  if (typeof input === "string") return { input };
  return {
    input: [input]
      .flat()
      .map((manifest) => JSON.stringify(manifest))
      .join("\n---\n"),
  };
}

function kubeconfigOf({ url, ca, token }: TestedServer, namespace: string): object {
  const name = "acceptance";
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, "certificate-authority-data": Buffer.from(ca).toString("base64") } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    "current-context": name,
  };
}
