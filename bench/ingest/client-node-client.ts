/** `@kubernetes/client-node`'s informer with one handler that counts. Run as a child: URL EVENTS. */
import { CoreV1Api, KubeConfig, makeInformer } from "@kubernetes/client-node";
import { measureIngest } from "./measure.ts";

const [server = "", events = "0"] = process.argv.slice(2);
const kubeConfig = new KubeConfig();
kubeConfig.loadFromOptions({
  clusters: [{ name: "replay", server, skipTLSVerify: true }],
  users: [{ name: "replay" }],
  contexts: [{ name: "replay", cluster: "replay", user: "replay" }],
  currentContext: "replay",
});
const api = kubeConfig.makeApiClient(CoreV1Api);
const informer = makeInformer(kubeConfig, "/api/v1/pods", () => api.listPodForAllNamespaces());

await measureIngest(
  {
    async sync() {
      await informer.start();
      return informer.list().length;
    },
    updates(count) {
      let seen = 0;
      return new Promise((resolve) => {
        informer.on("update", () => {
          if (++seen === count) resolve();
        });
      });
    },
  },
  server,
  Number(events),
);
