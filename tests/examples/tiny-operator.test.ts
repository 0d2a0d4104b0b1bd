import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { parseManifest } from "#kubernetes/manifest.ts";
import { GeneratedManifests, NO_ROLES, withoutKubectl } from "../support/generated-manifests.ts";
import { InformdProcess } from "../support/informd-process.ts";
import { typesTextOf } from "../support/made-types.ts";
import type { Named, StoredObject } from "../support/test-cluster/cluster-verbs.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const EXAMPLE = join(ROOT, "examples", "tiny-operator");

interface SiteStatus {
  readonly configMap: string;
  readonly observedGeneration: number;
  readonly conditions: readonly {
    readonly status: string;
    readonly reason: string;
    readonly lastTransitionTime: string;
  }[];
}

onEachServer("tiny-operator", ({ open, onlyReal }) => {
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    await cluster.apply(...manifests("definition.yaml"));
    await cluster.untilServed("example.com/v1", "Site");
  });

  async function started(namespace: string): Promise<InformdProcess> {
    const args = ["start", "-n", namespace, "--kubeconfig", cluster.kubeconfigPath, "--handlers", EXAMPLE];
    const informd = new InformdProcess(args, { cwd: cluster.folder });
    await informd.log({ msg: "ready" });
    return informd;
  }

  async function statusOf(site: Named): Promise<SiteStatus> {
    return (await cluster.get(site))?.["status"] as SiteStatus;
  }

  async function htmlOf(page: Named): Promise<string> {
    const data = (await cluster.get(page))?.["data"] as Readonly<Record<string, string>> | undefined;
    return data?.["index.html"] ?? "";
  }

  test("a Site becomes a ConfigMap that it owns, and says that it is ready; a new spec becomes a new page", async () => {
    const namespace = await cluster.createNamespace("made");
    const [home, page] = [homeIn(namespace), configMap("site-home", { namespace })];
    await using informd = await started(namespace);
    await cluster.apply(home);
    await wrote(informd, "site-changed", "status", 1);
    assert.match(await htmlOf(page), /<html lang="en"><title>Home<\/title>\n<h1>Home<\/h1>\n<p>Welcome\.<\/p>/);
    const uid = (await cluster.get(home))?.metadata.uid;
    assert.deepEqual(ownersOf(await cluster.get(page)), [ownerWithUid(uid)]);
    const { conditions, ...made } = await statusOf(home);
    assert.deepEqual(made, { configMap: "site-home", observedGeneration: 1 });
    const [{ lastTransitionTime, ...condition } = { lastTransitionTime: "" }] = conditions;
    const message = "The page is there";
    assert.deepEqual(condition, { type: "Ready", status: "True", reason: "PageMade", message });
    await cluster.patch(home, { spec: { title: "A & B" } });
    await wrote(informd, "site-changed", "status", 2);
    assert.match(await htmlOf(page), /<title>A &amp; B<\/title>/);
    const { observedGeneration, conditions: after } = await statusOf(home);
    assert.equal(observedGeneration, 2);
    assert.deepEqual(after, [{ ...condition, lastTransitionTime }]);
    await informd.stop();
    assert.equal(informd.told("site-changed").length, 4);
    assert.deepEqual(informd.where({ msg: "handler failed" }), []);
  });

  test("a page that was deleted or changed is made again", async () => {
    const namespace = await cluster.createNamespace("kept");
    const [home, page] = [homeIn(namespace), configMap("site-home", { namespace })];
    await using informd = await started(namespace);
    await cluster.apply(home);
    await wrote(informd, "site-changed", "status", 1);
    const html = await htmlOf(page);
    await cluster.delete(page);
    await wrote(informd, "page-changed", "page", 1);
    assert.equal(await htmlOf(page), html);
    await cluster.patch(page, { data: { "index.html": "mine" } });
    await wrote(informd, "page-changed", "page", 2);
    assert.equal(await htmlOf(page), html);
    await cluster.patch(page, { data: null });
    await wrote(informd, "page-changed", "page", 3);
    assert.equal(await htmlOf(page), html);
  });

  test("a start writes nothing where all is well, and makes what was lost meanwhile", async () => {
    const namespace = await cluster.createNamespace("restarted");
    const [home, other] = [homeIn(namespace), homeIn(namespace, "other")];
    await cluster.apply(home, other);
    await using first = await started(namespace);
    await wrote(first, "site-changed", "status", 2);
    await first.stop();
    const pages = [configMap("site-home", { namespace }), configMap("site-other", { namespace })] as const;
    const before = await Promise.all([cluster.get(home), cluster.get(pages[0])]);
    await cluster.delete(pages[1]);
    await using second = await started(namespace);
    await wrote(second, "site-changed", "page", 1);
    await second.stop();
    assert.deepEqual(await Promise.all([cluster.get(home), cluster.get(pages[0])]), before);
    assert.match(await htmlOf(pages[1]), /<title>Home<\/title>/);
    assert.deepEqual(second.told("site-changed").length, 1);
  });

  test("a ConfigMap of somebody else is left alone and the Site says so, until the name is free", async () => {
    const namespace = await cluster.createNamespace("taken");
    const home = homeIn(namespace);
    const theirs = configMap("site-home", { namespace, data: { "index.html": "theirs" } });
    await cluster.apply(theirs, home);
    await using informd = await started(namespace);
    await wrote(informd, "site-changed", "status", 1);
    const [refused] = (await statusOf(home)).conditions;
    assert.deepEqual([refused?.status, refused?.reason], ["False", "NameTaken"]);
    assert.equal(await htmlOf(theirs), "theirs");
    await cluster.delete(theirs);
    await wrote(informd, "site-changed", "status", 2);
    assert.match(await htmlOf(theirs), /<title>Home<\/title>/);
    const [made] = (await statusOf(home)).conditions;
    assert.deepEqual([made?.status, made?.reason], ["True", "PageMade"]);
    assert.equal(informd.where({ msg: "page written" }).length, 1);
  });

  const skip = onlyReal("the embedded server's garbage collector takes the page away at once");
  test(
    "a Site that is made again under its name waits until the page of the one before is gone",
    { skip },
    async () => {
      const namespace = await cluster.createNamespace("again");
      const [home, page] = [homeIn(namespace), configMap("site-home", { namespace })];
      await cluster.apply(home);
      await using informd = await started(namespace);
      await wrote(informd, "site-changed", "status", 1);
      await cluster.delete(home);
      await cluster.apply(home);
      await wrote(informd, "site-changed", "status", 2);
      const [waits] = (await statusOf(home)).conditions;
      assert.equal(waits?.reason, "NameTaken");
      await cluster.delete(page);
      await wrote(informd, "site-changed", "status", 3);
      const uid = (await cluster.get(home))?.metadata.uid;
      assert.deepEqual(ownersOf(await cluster.get(page)), [ownerWithUid(uid)]);
    },
  );

  const skipRights = withoutKubectl || onlyReal(NO_ROLES);
  test("the rights that informd manifests gives it are enough", { skip: skipRights }, async () => {
    const namespace = await cluster.createNamespace("elsewhere");
    const manifests = new GeneratedManifests(cluster);
    const scope = ["--scope", "sites.example.com=Namespaced"];
    const informd = await manifests.start(await manifests.apply(handlers(), "-n", "operators", ...scope));
    try {
      await informd.log({ msg: "ready" });
      await cluster.apply(homeIn(namespace));
      await wrote(informd, "site-changed", "status", 1);
      await cluster.delete(configMap("site-home", { namespace }));
      await wrote(informd, "page-changed", "page", 1);
      assert.deepEqual(informd.where({ msg: "handler failed" }), []);
    } finally {
      await manifests.stop();
    }
  });

  test("nothing is made for a Site that is being deleted", async () => {
    const namespace = await cluster.createNamespace("going");
    const page = configMap("site-home", { namespace });
    const home = withMetadata(homeIn(namespace), { finalizers: ["example.com/held"] });
    await cluster.apply(home);
    await using informd = await started(namespace);
    await wrote(informd, "site-changed", "status", 1);
    await cluster.delete(home);
    await cluster.delete(page);
    await cluster.apply(homeIn(namespace, "other"));
    await wrote(informd, "site-changed", "status", 2);
    await cluster.delete(configMap("site-other", { namespace }));
    await wrote(informd, "page-changed", "page", 1);
    await informd.stop();
    assert.equal(await cluster.get(page), undefined);
    assert.equal((await statusOf(home)).observedGeneration, 1, "a deletion is a generation of its own");
    assert.deepEqual(
      informd.told("page-changed").map(({ data }) => data?.["site"]),
      ["other"],
    );
    assert.deepEqual(informd.where({ msg: "handler failed" }), []);
  });
});

test("the types beside tiny-operator are what informd types makes of its definition", async () => {
  const file = "examples/tiny-operator/definition.yaml";
  const command = `informd types --crds ${file} --handlers examples/tiny-operator`;
  assert.equal(
    readFileSync(join(EXAMPLE, "informd-types.d.ts"), "utf8"),
    await typesTextOf(readFileSync(join(ROOT, file), "utf8"), command),
  );
});

/** Resolves when a handler has written so many pages, or statuses. */
function wrote(informd: InformdProcess, handler: string, what: "page" | "status", count: number): Promise<unknown> {
  const written = () => informd.where({ handler, msg: `${what} written` }).length;
  return informd.until(`${count} times "${what} written" by ${handler}`, () => written() >= count);
}

function manifests(file: string): Named[] {
  const manifest = parseManifest(readFileSync(join(EXAMPLE, file), "utf8"));
  return manifest.type === "documents" ? (manifest.documents as Named[]) : [];
}

function handlers(): Readonly<Record<string, string>> {
  const files = globSync("*.ts", { cwd: EXAMPLE });
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(EXAMPLE, file), "utf8")]));
}

function homeIn(namespace: string, name = "home"): Named {
  const [site] = manifests("site.yaml");
  assert.ok(site);
  return { ...site, metadata: { name, namespace } };
}

function ownersOf(object: StoredObject | undefined): unknown {
  return object?.metadata && "ownerReferences" in object.metadata ? object.metadata.ownerReferences : undefined;
}

function ownerWithUid(uid: string | undefined): object {
  return { apiVersion: "example.com/v1", kind: "Site", name: "home", uid, controller: true };
}

function withMetadata(object: Named, metadata: object): Named {
  return { ...object, metadata: Object.assign({}, object.metadata, metadata) };
}
