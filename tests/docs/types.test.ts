import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { codeBlocks } from "../support/code-blocks.ts";
import { DocumentedCommands } from "../support/documented-commands.ts";
import { KUBECTL } from "../support/kubectl.ts";
import { typesTextOf } from "../support/made-types.ts";

const DOCUMENT = "docs/types.md";

function block(language: string): string {
  return codeBlocks(language).find(({ document }) => document === DOCUMENT)?.text ?? "";
}

const DEFINITION = block("yaml");

test("docs/types.md shows what is written of its definition", async () => {
  assert.equal(block("ts"), await typesTextOf(DEFINITION, "informd types --crds crds/"));
});

suite("the commands of docs/types.md, in a fresh checkout", { timeout: 300_000 }, () => {
  const document = new DocumentedCommands(DOCUMENT);
  const written = (): string => readFileSync(join(document.checkout.path, "handlers", "informd-types.d.ts"), "utf8");
  after(() => document[Symbol.dispose]());

  test("write the types of definitions", async () => {
    document.checkout.write("crds/widget.yaml", DEFINITION);
    assert.equal(await document.run("npx informd types --crds crds/"), block("text"));
    assert.equal(written(), block("ts"));
  });

  test("write the types of a cluster", async (context) => {
    const pipe = "kubectl get crds -o yaml | npx informd types --crds -";
    const command = "npx informd types --context staging";
    const ofGroup = "npx informd types example.com --context staging";
    if (KUBECTL === undefined) {
      document.leave(pipe);
      document.leave(command);
      document.leave(ofGroup);
      return context.diagnostic("no cluster gets the definition: KUBEBUILDER_ASSETS names no kubectl");
    }
    await using cluster = document.startOther("npx informd cluster");
    await cluster.until(/^kubectl /m);
    document.nameCluster("staging");
    const kubectl = document.startOther(
      "kubectl create -f crds/widget.yaml && kubectl wait --for=condition=Established crd/widgets.example.com",
    );
    await kubectl.until(/condition met$/m);
    assert.equal(await document.run(command), block("text"));
    assert.match(written(), /^\/\/ .*: informd types --context staging\n/);
    assert.equal(await document.run(ofGroup), block("text"));
    assert.equal(await document.run(pipe), block("text"));
    return undefined;
  });

  test("are each run by a test", () => document.assertAllRan({}));
});
