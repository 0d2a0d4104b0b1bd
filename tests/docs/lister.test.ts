import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { DocumentedCommands } from "../support/documented-commands.ts";
import { KUBECTL } from "../support/kubectl.ts";

function pod(name: string): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: prod } }\n`;
}

suite("the commands of docs/lister.md, in a fresh checkout", { timeout: 300_000 }, () => {
  const document = new DocumentedCommands("docs/lister.md");
  after(() => document[Symbol.dispose]());

  test("fill caches from files", async () => {
    document.checkout.write("pod.yaml", pod("web-1"));
    document.checkout.write("fixtures/pods.yaml", `${pod("web-2")}---\n${pod("web-3")}`);
    assert.match(
      await document.run("npx informd invoke pod-added --object pod.yaml --cache fixtures/"),
      / prod\/web-1 done .*\n {4}pod added name=web-1 namespace=prod podsInNamespace=3\n$/,
    );
  });

  test("fill caches from what kubectl prints", async (context) => {
    const pipe = "kubectl get pods -A -o yaml | npx informd invoke pod-added --cache -";
    if (KUBECTL === undefined) {
      document.leave(pipe);
      return context.diagnostic("nothing is piped: KUBEBUILDER_ASSETS names no kubectl");
    }
    await using cluster = document.startOther("npx informd cluster --activity calm");
    await cluster.until(/^kubectl /m);
    document.nameCluster("local");
    await using pods = document.startOther("until kubectl get pods -A -o name | grep pod/; do sleep 0.1; done");
    await pods.until(/^pod\//m);
    assert.match(
      await document.run(pipe),
      / demo\/\S+ done .*\n {4}pod added name=\S+ namespace=demo .*podsInNamespace=\d/,
    );
    return undefined;
  });

  test("are each run by a test", () => document.assertAllRan({}));
});
