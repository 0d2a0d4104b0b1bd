import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const NOTES = `
Every flag is also a variable: --log is INFORMD_LOG.
Exit codes: 0 done, 1 the job failed, 2 wrong usage.
`;

async function help(...args: string[]): Promise<string> {
  using folder = new TemporaryDirectory();
  const { code, stdout, stderr } = await run([...args, "--help"], folder.path);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return stdout;
}

test("informd --help lists the commands in the order in which they are needed", async () => {
  assert.equal(
    await help(),
    `Usage: informd [options] [command]

Runs the TypeScript in handlers/ whenever something changes in a Kubernetes
cluster.

Options:
  -V, --version        prints the version
  -h, --help           prints this

Commands:
  dev                  runs the handlers while you write them
  new <kind-event>     writes a handler file, typed
  types [resource...]  writes the types of custom resources
  invoke <handler>     runs one handler once, and shows all that comes of it
  check                builds and loads every handler, for CI
  start                runs the handlers in production
  bundle [handler...]  makes self-contained handler files for a ConfigMap
  manifests            prints what a cluster needs to run the handlers
  cluster              runs the embedded cluster alone
  help [command]       prints what a command takes
${NOTES}`,
  );
});

test("a command's --help says what it does, and each flag with its values and its default", async () => {
  assert.equal(
    await help("cluster"),
    `Usage: informd cluster [options]

Runs the embedded cluster alone, for kubectl and other programs, until Ctrl-C.

Options:
  --port <number>     port on 127.0.0.1 (default: a free one)
  --activity <level>  what happens in it by itself: off, calm or busy (default:
                      off)
  --state <dir>       directory for its kubeconfig (default: .informd)
  -h, --help          prints this

Examples:
  informd cluster --activity calm
  kubectl --kubeconfig .informd/kubeconfig get pods -A
${NOTES}`,
  );
});

const COMMANDS = ["dev", "new", "types", "invoke", "check", "start", "bundle", "manifests", "cluster"];

test("every command has a --help that fits a terminal", async () => {
  for (const command of COMMANDS) {
    const lines = (await help(command)).split("\n");
    assert.match(lines[0] ?? "", new RegExp(`^Usage: informd ${command} \\[options\\]`));
    assert.deepEqual(
      lines.filter((line) => line.length > 80 || line.includes("undefined")),
      [],
    );
  }
});

test("every command's help ends with an example of it that takes only flags that it has", async () => {
  for (const command of COMMANDS) {
    const text = await help(command);
    const [options = "", examples = ""] = text.split(/^Examples?:$/m);
    const lines = examples.match(/(?<=^ {2}|\| )informd .*$/gm) ?? [];
    assert.ok(lines.length > 0, text);
    for (const line of lines) {
      const [, name, ...words] = (line.split(" | ")[0] ?? "").split(" ");
      assert.equal(name, command);
      const flags = words.filter((word) => /^--?[a-z]/.test(word));
      assert.deepEqual(
        flags.filter((flag) => !new RegExp(`^ {2}(-\\w, )?${flag}[ ,]`, "m").test(options)),
        [],
        line,
      );
    }
  }
});

test("informd help prints what --help prints, of a command too", async () => {
  using folder = new TemporaryDirectory();
  assert.equal((await run(["help"], folder.path)).stdout, await help());
  for (const command of ["bundle", "check"]) {
    const { code, stdout, stderr } = await run(["help", command], folder.path);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: await help(command), stderr: "" });
  }
});

test("wrong usage names what is wrong and where to read on, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args, folder.path);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  assert.equal(
    await refusal("new"),
    'Cannot run informd: missing required argument "kind-event". See "informd new --help".\n',
  );
  assert.equal(await refusal("bogus"), 'Cannot run informd: unknown command "bogus". See "informd --help".\n');
  assert.equal(await refusal("check", "-o", "yaml"), 'Cannot use --output "yaml": it takes table, wide, json.\n');
  assert.equal(await refusal("help", "bogus"), 'Cannot run informd: unknown command "bogus". See "informd --help".\n');
  assert.match(await refusal(), /^Usage: informd \[options\] \[command\]\n/);
});
