import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { type Cluster, createCluster } from "#kubernetes/cluster.ts";
import type { ObjectReference } from "#kubernetes/event-recorder.ts";
import { ClusterEventRecorder } from "#kubernetes/events/cluster-event-recorder.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { KUBECTL, shellWithKubectl } from "../support/kubectl.ts";
import { RecordingLogger } from "../support/recording-logger.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const GRACE_MS = 10_000;
const handler: ObjectReference = { apiVersion: "informd.io/v1", kind: "Handler", namespace: "default", name: "web" };

onEachServer("recorded Events", ({ open, onlyReal }) => {
  let server: TestCluster;
  const clusters: Cluster[] = [];

  before(async () => {
    server = await open();
  });

  after(() => Promise.all(clusters.map((cluster) => cluster.close())));

  const recorderOn = (kubeconfig: string): { recorder: ClusterEventRecorder; logger: RecordingLogger } => {
    const environment = {};
    const cluster = createCluster({ config: loadClusterConfig({ kubeconfig, environment }), environment });
    clusters.push(cluster);
    const logger = new RecordingLogger();
    const deps = { clock: systemClock, random: Math.random, objects: cluster.objects, logger };
    return { recorder: new ClusterEventRecorder(deps, { server: cluster.server, instance: "tests" }), logger };
  };

  const kubectl = (line: string): Promise<string> =>
    shellWithKubectl(`kubectl --kubeconfig "${server.kubeconfigPath}" ${line}`, server.folder);

  const skip = KUBECTL === undefined && "needs kubectl";

  test(
    "are listed by kubectl with their count, also about a kind that the cluster does not have",
    { skip },
    async () => {
      const first = recorderOn(server.kubeconfigPath);
      first.recorder.record({ regarding: handler, type: "Warning", reason: "HandlerFailing", message: "is down" });
      await first.recorder.close(GRACE_MS);
      const { recorder } = recorderOn(server.kubeconfigPath);
      const repeat = {
        regarding: handler,
        type: "Warning",
        reason: "HandlerDegraded",
        message: "has no caches",
      } as const;
      recorder.record(repeat);
      await new Promise((resolve) => setImmediate(resolve));
      recorder.record(repeat);
      await recorder.close(GRACE_MS);
      const listed = await kubectl("get events --field-selector involvedObject.kind=Handler");
      assert.match(listed, /Warning +HandlerFailing +handler\/web +is down\n/);
      const counts = await kubectl(
        `get events --field-selector reason=HandlerDegraded -o 'jsonpath={range .items[*]}{.count} {.source.component} {.reportingComponent}{"\\n"}{end}'`,
      );
      assert.equal(counts, "2 informd informd\n");
      assert.deepEqual(first.logger.lines, []);
    },
  );

  test("are shown by kubectl describe on the object that they regard", { skip }, async () => {
    await server.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "handlers" } });
    const uid = await kubectl("get configmap handlers -o jsonpath={.metadata.uid}");
    const { recorder, logger } = recorderOn(server.kubeconfigPath);
    recorder.record({
      regarding: { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "handlers", uid },
      type: "Normal",
      reason: "HandlersLoaded",
      message: "two handlers",
    });
    await recorder.close(GRACE_MS);
    assert.deepEqual(logger.fields, []);
    assert.match(await kubectl("describe configmap handlers"), /Normal +HandlersLoaded +.*informd +two handlers/);
  });

  const needsRoles = onlyReal("the embedded server has no roles");
  test("are dropped without the right, which one record names", { skip: needsRoles }, async () => {
    const { recorder, logger } = recorderOn(server.addUser().kubeconfigPath);
    for (const message of ["one", "two"]) {
      recorder.record({ regarding: handler, type: "Normal", reason: "HandlerRecovered", message });
    }
    await recorder.close(GRACE_MS);
    assert.deepEqual(logger.lines, ["warn events not written"]);
    assert.match(String(logger.fields[0]?.["reason"]), /^Cannot create events in namespace "default": .*forbidden/);
  });
});
