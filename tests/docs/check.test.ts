import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { DocumentedCommands } from "../support/documented-commands.ts";

suite("the commands of docs/check.md, in a fresh checkout", { timeout: 120_000 }, () => {
  const document = new DocumentedCommands("docs/check.md");
  after(() => document[Symbol.dispose]());

  test("show handlers, and what they would find in a cluster", async () => {
    assert.match(await document.run("npx informd check"), /^pod-added +pods +added +all +nothing$/m);
    await using cluster = document.startOther("npx informd cluster --activity calm");
    await cluster.until(/^kubectl /m);
    assert.match(
      await document.run("npx informd check --kubeconfig .informd/kubeconfig"),
      /^pod-added +pods +added +all +nothing +\d+ initial events +cache \S+ K?i?B of \d+ objects$/m,
    );
    assert.match(
      await document.run("npx informd check --kubeconfig .informd/kubeconfig -o wide -n demo"),
      /^pod-added +pods +added +demo +nothing +30 s +64 MiB +8 at once +vm2 +\d+ initial events? /m,
    );
  });

  test("are each run by a test", () => document.assertAllRan({}));
});
