import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { writeKubeconfig } from "#devcluster/credentials/kubeconfig-file.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const ENTRY = { server: "https://127.0.0.1:6443", credentials: { ca: "-----PEM-----\n", token: "-1e5" } };

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

suite("writeKubeconfig", () => {
  test("writes what this project's own reader takes", () => {
    const path = join(temporaryFolder(), ".informd", "kubeconfig");

    writeKubeconfig(path, ENTRY);

    const { cluster, user, namespace } = loadClusterConfig({ kubeconfig: path, environment: {} });
    assert.equal(cluster.server, "https://127.0.0.1:6443");
    assert.deepEqual(cluster.ca, { type: "data", pem: "-----PEM-----\n" });
    assert.equal(user.token, "-1e5");
    assert.equal(namespace, "default");
  });

  test("calls its context informd", () => {
    const path = join(temporaryFolder(), "kubeconfig");

    writeKubeconfig(path, ENTRY);

    const config = loadClusterConfig({ kubeconfig: path, context: "informd", environment: {} });
    assert.equal(config.cluster.name, "informd");
  });

  test("lets only the owner read the file and enter the folder it makes", () => {
    const path = join(temporaryFolder(), ".informd", "kubeconfig");

    writeKubeconfig(path, ENTRY);

    assert.equal(mode(path), "600");
    assert.equal(mode(dirname(path)), "700");
  });

  test("replaces a file that others could read", () => {
    const path = join(temporaryFolder(), "kubeconfig");
    writeFileSync(path, "old", { mode: 0o644 });

    writeKubeconfig(path, ENTRY);

    assert.equal(mode(path), "600");
    assert.match(readFileSync(path, "utf8"), /127\.0\.0\.1:6443/);
  });

  test("leaves a folder that is there as it is, and nothing else in it", () => {
    const folder = join(temporaryFolder(), "state");
    mkdirSync(folder, { mode: 0o755 });

    writeKubeconfig(join(folder, "kubeconfig"), ENTRY);

    assert.equal(mode(folder), "755");
    assert.deepEqual(readdirSync(folder), ["kubeconfig"]);
  });

  test("removes what it wrote, and nothing that is there instead", () => {
    const folder = temporaryFolder();
    const path = join(folder, "kubeconfig");

    const remove = writeKubeconfig(path, ENTRY);
    remove();
    assert.deepEqual(readdirSync(folder), []);
    remove();

    const removeOther = writeKubeconfig(path, ENTRY);
    writeFileSync(path, "somebody else's");
    removeOther();
    assert.equal(readFileSync(path, "utf8"), "somebody else's");
  });
});
