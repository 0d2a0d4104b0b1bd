import assert from "node:assert/strict";
import { test } from "node:test";
import { createDevStyle } from "../../../runtime/cli/dev/dev-style.ts";
import { headerText, type HeaderFacts } from "../../../runtime/cli/dev/header.ts";

const REAL: HeaderFacts = {
  server: "https://10.0.0.1:6443",
  cluster: "real",
  activity: "calm",
  dryRun: true,
  kubeconfig: "/home/me/.kube/config",
  context: undefined,
  namespace: undefined,
  handlers: "/home/me/work/handlers",
  cwd: "/home/me/work",
};

function header(facts: Partial<HeaderFacts>): string[] {
  const style = createDevStyle({ colour: false, cwd: REAL.cwd, handlers: REAL.handlers, width: () => 80 });
  return headerText({ ...REAL, ...facts }, style).split("\n");
}

test("the header says which cluster, how kubectl reaches it, and where the handlers are", () => {
  assert.deepEqual(header({}), [
    "cluster   https://10.0.0.1:6443",
    "changes   told from now on; what handlers write is a dry run, until --live",
    "kubectl   kubectl --kubeconfig /home/me/.kube/config get pods -A",
    "handlers  handlers (live as soon as they are saved; Ctrl-C ends)",
    "",
    "",
  ]);
});

test("the embedded cluster's kubeconfig is named from the working directory", () => {
  const facts = { cluster: "embedded", kubeconfig: "/home/me/work/.informd/kubeconfig", dryRun: false } as const;
  assert.deepEqual(header(facts).slice(0, 3), [
    "cluster   https://10.0.0.1:6443 (embedded, activity calm)",
    "          no real cluster: in memory, no containers run, no rights are checked",
    "kubectl   kubectl --kubeconfig .informd/kubeconfig get pods -A",
  ]);
});

test("the line for kubectl can be pasted, whatever the names are", () => {
  const [, , kubectl] = header({ kubeconfig: "/home/my files/it's", context: "a b", namespace: "prod" });
  assert.equal(
    kubectl,
    String.raw`kubectl   kubectl --kubeconfig '/home/my files/it'\''s' --context 'a b' get pods -n prod`,
  );
});

test("a cluster that handlers may change is called live", () => {
  assert.equal(header({ dryRun: false })[1], "changes   told from now on; what handlers write is kept (--live)");
});
