import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { codeBlocks, fileOf } from "../support/code-blocks.ts";
import { DocumentedCommands } from "../support/documented-commands.ts";
import { KUBECTL } from "../support/kubectl.ts";
import { openEmbeddedServer } from "../support/test-cluster/open-embedded-server.ts";

const DOCUMENT = "docs/getting-started.md";
/** It packs the package, installs it elsewhere and runs the same commands there. */
const PACKED = "tests/packaging/package.test.ts";
const ELSEWHERE = {
  "npm install": ".ci/run",
  "npm run build && npm pack ./dist/package": PACKED,
  "mkdir ../my-handlers && cd ../my-handlers && npm init -y": PACKED,
  "npm install ../informd/informd-0.1.0.tgz": PACKED,
  "npm install --save-dev typescript node@26": PACKED,
  "npx informd new pod-added": PACKED,
  "npx informd dev": PACKED,
};
const LABEL = "kubectl --kubeconfig .informd/kubeconfig -n demo label service web team=shop";
const DESCRIBE = "kubectl --kubeconfig .informd/kubeconfig -n demo describe service web";

suite("docs/getting-started.md, step by step in a fresh checkout", { timeout: 300_000 }, () => {
  const guide = new DocumentedCommands(DOCUMENT);
  const [handler] = codeBlocks("ts").filter(({ document }) => document === DOCUMENT);
  const file = "handlers/service-changed.ts";

  after(() => guide[Symbol.dispose]());

  test("a handler comes, changes, writes, breaks and is mended", async (context) => {
    assert.ok(handler && fileOf(handler) === file);
    await using dev = guide.start("npm run dev");
    await dev.until(/ready: 3 live/);
    await guide.run("npx informd new service-changed");
    await dev.until(transcript("service-changed initial demo/web"));
    guide.checkout.write(file, handler.text);
    await dev.until(/service-changed\.ts +built [^]*service-changed\.ts +built /);
    assert.match(await guide.run("npx informd check"), /^service-changed +services +.* +create events$/m);
    assert.match(
      await guide.run("npx informd invoke service-changed --kubeconfig .informd/kubeconfig"),
      / service-changed live demo\/\S+ done [\d.]+ m?s type=added\n {4}service name=/,
    );
    guide.checkout.write(file, handler.text.replace("({ type, object }", "({ type, object "));
    await dev.until(/service-changed does not load\n[^]*still running the revision of/);
    guide.checkout.write(file, handler.text);
    await dev.until(/service-changed loads again/);
    if (KUBECTL === undefined) {
      guide.leave(LABEL);
      guide.leave(DESCRIBE);
      return context.diagnostic("kubectl is not run: KUBEBUILDER_ASSETS names none");
    }
    await guide.run(LABEL);
    await dev.until(transcript("service-changed live demo/web"));
    assert.match(await guide.run(DESCRIBE), /Normal +Owned .* \d pods of team shop/);
  });

  test("a real cluster is told from now on, and start runs the handlers", async () => {
    const cluster = await openEmbeddedServer();
    guide.nameCluster("staging", cluster.kubeconfigPath);
    {
      await using dev = guide.start("npm run dev -- --context staging -n prod");
      await dev.until(/^changes {3}told from now on; what handlers write is a dry run, until --live$/m);
      await dev.until(/ready: 4 live/);
    }
    {
      await using runtime = guide.start("npx informd start --context staging -n prod");
      await runtime.until(/"msg":"ready","live":4,/);
    }
    await cluster.stop();
  });

  test("each command is run by a test", () => guide.assertAllRan(ELSEWHERE));
});

/** The block that begins with this text, whatever its numbers. */
function transcript(beginning: string): RegExp {
  const [block] = codeBlocks("text").filter(({ text }) => text.startsWith(beginning));
  assert.ok(block !== undefined, `${DOCUMENT} shows no "${beginning}"`);
  const literal = block.text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(
    literal
      .replaceAll(/\d+ ms/g, "[\\d.]+ m?s")
      .replaceAll(/=\d+/g, "=\\d+")
      .replaceAll("cwkz8", "\\w+"),
  );
}
