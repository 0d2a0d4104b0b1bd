import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readFaultRule } from "#devcluster/faults/read-fault-rule.ts";
import { parseJson } from "#kernel/json-value.ts";
import { DevProcess } from "../support/dev-process.ts";
import { freePort } from "../support/free-port.ts";
import { KUBECTL, shellWithKubectl } from "../support/kubectl.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { DIVERGENCES } from "../devcluster/acceptance/divergences.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TEXT = readFileSync(join(ROOT, "docs", "embedded-cluster.md"), "utf8");

test("the document lists the divergences that the acceptance tests know, and no others", () => {
  const documented = matches(sectionOf("What a real server shows otherwise"), /^- (.+)$/gm);
  assert.deepEqual(documented, [...new Set(DIVERGENCES.map(({ what }) => what))]);
});

test("the document has a row for every fault, with its members", () => {
  const source = readFileSync(join(ROOT, "runtime", "devcluster", "faults", "read-fault-rule.ts"), "utf8");
  const [, table = ""] = /const FAULTS[^]*?= \{\n([^]*?)\n\};/.exec(source) ?? [];
  const known = [...table.matchAll(/^ {2}(\w+): \{(.*)\},$/gm)].map(([, fault = "", members = ""]) => {
    const names = matches(members, /(\w+):/g).filter((name) => name !== "afterEvents");
    return [`\`${fault}\``, names.map((name) => `\`${name}\``).join(", ")].join(" | ");
  });
  const documented = matches(sectionOf("Make it misbehave"), /^\| (`\w+` \| (?:`\w+`(?:, )?)*) ?\| /gm);
  assert.deepEqual(
    documented.map((row) => row.trimEnd()),
    known.map((row) => row.trimEnd()),
  );
});

test("the rule in the document is one that the embedded cluster takes", () => {
  const [rule = ""] = matches(TEXT, /--data '([^']+)'/g);
  assert.doesNotThrow(() => readFaultRule(parseJson(rule)));
});

test("the paths in the document are those that there are", () => {
  const source = readFileSync(join(ROOT, "runtime", "devcluster", "faults", "control.ts"), "utf8");
  assert.deepEqual(
    matches(TEXT, /^\| `(\w+ \/_embedded\/[\w-]+)` \|/gm),
    matches(source, /^ {4}"(\w+ \/_embedded\/[\w-]+)":/gm).toSorted((a, b) => orderOf(a) - orderOf(b)),
  );
});

const needsPrograms =
  KUBECTL === undefined ? "needs kubectl: KUBEBUILDER_ASSETS names no folder with it" : !hasCurl() && "needs curl";

test("the commands of the document run, and its fault fails two lists", { skip: needsPrograms }, async () => {
  const [start = "", use = "", plan = ""] = blocksOf(TEXT);
  using folder = new TemporaryDirectory();
  const shell = (script: string): Promise<string> => shellWithKubectl(script, folder.path);
  const args = start
    .trim()
    .replace(/^informd cluster /, "")
    .replace("6443", String(await freePort()));
  await using cluster = new DevProcess(args.split(" "), folder.path, { command: "cluster" });
  await cluster.until(/^kubectl /m);
  assert.match(await shell(use), /deployment\.apps\/web created\n[^]*deployment\.apps\/web +\d\/1/);
  const kubectl = "export KUBECONFIG=.informd/kubeconfig";
  await shell(`${kubectl}\n${plan}`);
  for (const _ of [1, 2]) await assert.rejects(shell(`${kubectl}\nkubectl get configmaps`), /out of order/);
  assert.match(await shell(`${kubectl}\nkubectl get configmaps`), /^kube-root-ca\.crt /m);
});

function blocksOf(text: string): string[] {
  return matches(text, /^```sh\n([^]*?)^```$/gm);
}

function hasCurl(): boolean {
  return spawnSync("curl", ["--version"], { stdio: "ignore" }).status === 0;
}

function orderOf(path: string): number {
  return TEXT.indexOf(`| \`${path}\``);
}

function sectionOf(title: string): string {
  return TEXT.split(/^## /m).find((section) => section.startsWith(title)) ?? "";
}

/** What the first group of each match holds. */
function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = ""]) => group);
}
