import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { dump, load } from "js-yaml";
import { DevProcess } from "./dev-process.ts";
import { freshCheckout } from "./fresh-checkout.ts";
import { KUBECTL } from "./kubectl.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The commands of a document, run as they stand there in a checkout as fresh as its reader's. */
export class DocumentedCommands implements Disposable {
  readonly checkout = freshCheckout();
  readonly #document: string;
  readonly #commands: readonly string[];
  readonly #ran = new Set<string>();
  readonly #env: NodeJS.ProcessEnv;

  /** @param document from the checkout's root */
  constructor(document: string) {
    this.#document = document;
    this.#commands = commandsOf(readFileSync(join(ROOT, document), "utf8"));
    const path =
      KUBECTL === undefined ? process.env["PATH"] : [join(KUBECTL, ".."), process.env["PATH"]].join(delimiter);
    this.#env = {
      ...process.env,
      PATH: path,
      HOME: join(this.checkout.path, "home"),
      npm_config_offline: "true",
      npm_config_update_notifier: "false",
    };
  }

  /** Until it is disposed of. */
  start(command: string): DevProcess {
    return this.startOther(this.#take(command));
  }

  /** What the document takes for granted. */
  startOther(command: string): DevProcess {
    return new DevProcess([], this.checkout.path, { program: ["sh", "-c"], command, env: this.#env });
  }

  /** What it prints, once it has ended well. */
  run(command: string): Promise<string> {
    const options = { cwd: this.checkout.path, env: this.#env };
    return new Promise((resolve, reject) => {
      execFile("sh", ["-c", this.#take(command)], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`${command}: ${error.message}\n${stdout}`));
        else resolve(stdout || stderr);
      });
    });
  }

  /** Counts as run: this machine has not what it needs. */
  leave(command: string): void {
    this.#take(command);
  }

  /** Gives a cluster a context of this name in `~/.kube/config`. */
  nameCluster(name: string, path = join(this.checkout.path, ".informd", "kubeconfig")): void {
    const kubeconfig = load(readFileSync(path, "utf8")) as { contexts: [{ name: string }] };
    kubeconfig.contexts[0].name = name;
    this.checkout.write("home/.kube/config", dump({ ...kubeconfig, "current-context": name }));
  }

  /** @param elsewhere commands that another test runs, and which */
  assertAllRan(elsewhere: Readonly<Record<string, string>>): void {
    for (const command of Object.keys(elsewhere)) this.#take(command);
    assert.deepEqual(
      this.#commands.filter((command) => !this.#ran.has(command)),
      [],
    );
  }

  [Symbol.dispose](): void {
    this.checkout[Symbol.dispose]();
  }

  #take(command: string): string {
    assert.ok(this.#commands.includes(command), `${this.#document} has no "${command}"`);
    this.#ran.add(command);
    return command;
  }
}

/** Lines of its shell blocks, and what else looks like a command. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  const spans = [...prose.matchAll(/`((?:npm|npx|kubectl) [^`]+)`/g)].map(([, span = ""]) => span);
  return [...new Set([...blocks, ...spans].map((line) => line.replace(/\s+#.*$/, "")))];
}
