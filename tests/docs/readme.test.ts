import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { DocumentedCommands } from "../support/documented-commands.ts";
import { KUBECTL } from "../support/kubectl.ts";

const ELSEWHERE = {
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

function podNamed(name: string): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: prod, labels: { app: web } } }\n`;
}

suite("the README's commands, in a fresh checkout", { timeout: 600_000 }, () => {
  const readme = new DocumentedCommands("README.md");

  after(() => readme[Symbol.dispose]());

  test("files", async () => {
    assert.match(await readme.run("npx informd --help"), /^Usage: informd /);
    assert.equal(
      await readme.run("npx informd new deployment-updated"),
      "wrote handlers/deployment-updated.ts\n\nNext: npm run dev\n",
    );
    assert.match(
      await readme.run("npx informd check"),
      /^deployment-updated +deployments\.apps +updated +all +nothing$/m,
    );
    readme.checkout.write("job.yaml", JOB);
    assert.match(
      await readme.run("npx informd invoke job-deleted --object job.yaml"),
      / job-deleted live prod\/import done \d+ ms\n {4}job deleted name=import namespace=prod succeeded=1 /,
    );
    readme.checkout.write("pod.yaml", podNamed("web-1"));
    readme.checkout.write("pods/others.yaml", `${podNamed("web-2")}---\n${podNamed("web-3")}`);
    assert.match(
      await readme.run("npx informd invoke pod-added --object pod.yaml --cache pods/"),
      / pod-added live prod\/web-1 done \d+ ms\n {4}pod added name=web-1 namespace=prod .*podsInNamespace=3 podsOfApp=3\n$/,
    );
  });

  test("a cluster's manifests", async (context) => {
    await readme.run("npx informd manifests -n informd > informd.yaml");
    const bundled = await readme.run("npx informd bundle");
    assert.match(bundled, /^Next: kubectl create configmap informd-handlers --from-file dist\/handlers /m);
    const apply = "kubectl apply --server-side -f informd.yaml";
    if (KUBECTL === undefined) {
      readme.leave(apply);
      return context.diagnostic("kubectl is not run: KUBEBUILDER_ASSETS names none");
    }
    await using cluster = readme.start("npx informd cluster");
    await cluster.until(/^kubectl {3}kubectl --kubeconfig \.informd\/kubeconfig get all -A$/m);
    readme.nameCluster("staging");
    assert.match(await readme.run(apply), /^deployment\.apps\/informd serverside-applied$/m);
  });

  test("the embedded cluster of dev", async (context) => {
    await using dev = readme.start("npm run dev");
    await dev.until(/ pod-added initial demo\/\S+ done /);
    assert.match(
      await readme.run("npx informd invoke pod-added --kubeconfig .informd/kubeconfig"),
      / pod-added live demo\/\S+ done \d+ ms\n {4}pod added name=/,
    );
    const scale = "kubectl --kubeconfig .informd/kubeconfig -n demo scale deployment web --replicas=5";
    if (KUBECTL === undefined) {
      readme.leave(scale);
      return context.diagnostic("kubectl is not run: KUBEBUILDER_ASSETS names none");
    }
    assert.equal(await readme.run(scale), "deployment.apps/web scaled\n");
    await dev.until(/deployment scaled name=web namespace=demo from=\d to=5\n/);
  });

  test("a cluster of one's own", async () => {
    await using cluster = readme.start("npx informd cluster");
    await cluster.until(/^kubectl {3}kubectl --kubeconfig \.informd\/kubeconfig get all -A$/m);
    readme.nameCluster("staging");
    {
      await using dev = readme.start("npm run dev -- --context staging -n prod");
      await dev.until(/^changes {3}told from now on; what handlers write is a dry run, until --live$/m);
      await dev.until(/^kubectl {3}kubectl --context staging get pods -n prod$/m);
      await dev.until(/ready: 4 live/);
    }
    {
      await using dev = readme.start("npm run dev -- --context staging -n prod --live");
      await dev.until(/^changes {3}told from now on; what handlers write is kept \(--live\)$/m);
      await dev.until(/ready: 4 live/);
    }
    {
      await using runtime = readme.start("npx informd start --kubeconfig ~/.kube/config");
      await runtime.until(/"msg":"ready","live":4,/);
    }
    await using example = readme.start("npx node examples/watch-pods.ts --kubeconfig ~/.kube/config");
    await example.until(/^Pods in default: none$/m);
  });

  test("each one is run by a test", () => readme.assertAllRan(ELSEWHERE));
});
