import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, suite, test } from "node:test";
import { dump, load } from "js-yaml";
import { DevProcess } from "../support/dev-process.ts";
import { freshCheckout } from "../support/fresh-checkout.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Run by other tests. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "npm install && npm run dev": "tests/integration/terminal.test.ts",
  "npm install && npm test": ".ci/run",
  "npm run build": "tests/packaging/package.test.ts",
};

const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: import, namespace: prod }
status: { succeeded: 1 }
`;

/** Lines of its shell blocks, and what else looks like a command. */
function readmeCommands(): string[] {
  const text = readFileSync(join(ROOT, "README.md"), "utf8");
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  const spans = [...prose.matchAll(/`((?:npm|npx|kubectl) [^`]+)`/g)].map(([, span = ""]) => span);
  const commands = [...blocks, ...spans].map((line) => line.replace(/\s+#.*$/, ""));
  return [...new Set(commands)].filter((command) => command !== "npm run dev");
}

suite("the README's commands, in a fresh checkout", { timeout: 600_000 }, () => {
  const commands = readmeCommands();
  const ran = new Set<string>(Object.keys(ELSEWHERE));
  const checkout = freshCheckout();
  const home = join(checkout.path, "home");
  const env = { ...process.env, HOME: home, npm_config_offline: "true", npm_config_update_notifier: "false" };

  after(() => checkout[Symbol.dispose]());

  function readme(command: string): string {
    assert.ok(commands.includes(command), `the README has no "${command}"`);
    ran.add(command);
    return command;
  }

  /** Until it is disposed of. */
  function start(command: string): DevProcess {
    return new DevProcess([], checkout.path, { program: ["sh", "-c"], command: readme(command), env });
  }

  /** What it prints, once it has ended well. */
  function run(command: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
    const options = { cwd: checkout.path, env: { ...env, ...more } };
    return new Promise((resolve, reject) => {
      execFile("sh", ["-c", readme(command)], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`${command}: ${error.message}\n${stdout}`));
        else resolve(stdout || stderr);
      });
    });
  }

  test("files", async () => {
    assert.match(await run("npx informd --help"), /^Usage: informd /);
    assert.equal(
      await run("npx informd new deployment-updated"),
      "wrote handlers/deployment-updated.ts\n\nNext: npm run dev\n",
    );
    assert.match(await run("npx informd check"), /^deployment-updated +deployments\.apps +updated +all +nothing$/m);
    checkout.write("job.yaml", JOB);
    assert.match(
      await run("npx informd invoke job-deleted --object job.yaml"),
      / job-deleted live prod\/import done \d+ ms\n {4}job deleted name=import namespace=prod succeeded=1 /,
    );
  });

  test("the embedded cluster of dev", async (context) => {
    await using dev = new DevProcess([], checkout.path, { program: ["sh", "-c"], command: "npm run dev", env });
    await dev.until(/ pod-added initial demo\/\S+ done /);
    assert.match(
      await run("npx informd invoke pod-added --kubeconfig .informd/kubeconfig"),
      / pod-added live demo\/\S+ done \d+ ms\n {4}pod added name=/,
    );
    const kubectl = process.env["KUBEBUILDER_ASSETS"];
    const scale = readme("kubectl --kubeconfig .informd/kubeconfig -n demo scale deployment web --replicas=5");
    if (kubectl === undefined) return context.diagnostic("kubectl is not run: KUBEBUILDER_ASSETS names none");
    const path = [kubectl, process.env["PATH"]].join(delimiter);
    assert.equal(await run(scale, { PATH: path }), "deployment.apps/web scaled\n");
    await dev.until(/deployment scaled name=web namespace=demo from=\d to=5\n/);
  });

  test("a cluster of one's own", async () => {
    await using cluster = start("npx informd cluster");
    await cluster.until(/^kubectl {3}kubectl --kubeconfig \.informd\/kubeconfig get all -A$/m);
    const kubeconfig = load(readFileSync(join(checkout.path, ".informd", "kubeconfig"), "utf8")) as {
      contexts: [{ name: string }];
    };
    kubeconfig.contexts[0].name = "staging";
    checkout.write("home/.kube/config", dump({ ...kubeconfig, "current-context": "staging" }));
    {
      await using dev = start("npm run dev -- --context staging -n prod");
      await dev.until(/^changes {3}told from now on; what handlers write is a dry run, until --live$/m);
      await dev.until(/^kubectl {3}kubectl --context staging get pods -n prod$/m);
      await dev.until(/ready: 4 live/);
    }
    {
      await using dev = start("npm run dev -- --context staging -n prod --live");
      await dev.until(/^changes {3}told from now on; what handlers write is kept \(--live\)$/m);
      await dev.until(/ready: 4 live/);
    }
    {
      await using runtime = start("npx informd start --kubeconfig ~/.kube/config");
      await runtime.until(/"msg":"ready","live":4,/);
    }
    await using example = start("npx node examples/watch-pods.ts --kubeconfig ~/.kube/config");
    await example.until(/^Pods in default: none$/m);
  });

  test("each one is run by a test", () => {
    assert.deepEqual(
      commands.filter((command) => !ran.has(command)),
      [],
    );
    for (const [command, file] of Object.entries(ELSEWHERE))
      assert.ok(commands.includes(command), `${command}: ${file}`);
  });
});
