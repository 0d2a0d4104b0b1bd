import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { CONFIG_MAPS, parsed, rigWith, TABLE } from "../../support/config-maps-rig.ts";

const WIDGETS = "/apis/example.com/v1/namespaces/shop/widgets";

suite("a list", () => {
  test("of a built-in kind leaves out what its items are", async () => {
    await using rig = await rigWith("a");
    rig.operations.continueToken = "next";
    rig.operations.remainingItemCount = 3;

    assert.deepEqual(parsed(await rig.ask(CONFIG_MAPS)), {
      kind: "ConfigMapList",
      apiVersion: "v1",
      metadata: { resourceVersion: "7", continue: "next", remainingItemCount: 3 },
      items: [{ metadata: { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" }, data: { a: "b" } }],
    });
  });

  test("of custom resources says it of each", async () => {
    await using rig = await rigWith();
    const widget = { kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "w" } };
    await rig.ask(WIDGETS, { method: "POST", body: JSON.stringify(widget) });

    assert.deepEqual(parsed(await rig.ask(WIDGETS)), {
      kind: "WidgetList",
      apiVersion: "example.com/v1",
      metadata: { continue: "", resourceVersion: "7" },
      items: [{ ...widget, metadata: { name: "w", namespace: "shop", uid: "uid-1", resourceVersion: "7" } }],
    });
  });

  test("is a table for kubectl", async () => {
    await using rig = await rigWith("a");

    const table = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept: TABLE } }));

    const metadata = { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" };
    assert.deepEqual(table, {
      kind: "Table",
      apiVersion: "meta.k8s.io/v1",
      metadata: { resourceVersion: "7" },
      columnDefinitions: [{ name: "Name", type: "string" }],
      rows: [{ cells: ["a"], object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata } }],
    });
  });

  test("as a table carries as much of each object as the client asks for", async () => {
    await using rig = await rigWith("a");
    const objectWith = async (include: string): Promise<unknown> => {
      const { text } = await rig.ask(`${CONFIG_MAPS}?includeObject=${include}`, { headers: { accept: TABLE } });
      return (JSON.parse(text) as { rows: { object: JsonRecord | null }[] }).rows[0]?.object?.["kind"];
    };

    assert.equal(await objectWith("Object"), "ConfigMap");
    assert.equal(await objectWith("Metadata"), "PartialObjectMetadata");
    assert.equal(await objectWith("None"), undefined);
    const bad = await rig.ask(`${CONFIG_MAPS}?includeObject=x`, { headers: { accept: TABLE } });
    assert.equal(
      parsed(bad)["message"],
      "Unable to convert to Table as requested: includeObject: Invalid value: \"x\": must be 'Metadata', 'Object', 'None', or empty",
    );
  });

  test("is metadata alone for clients that want no more", async () => {
    await using rig = await rigWith("a");
    const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    const list = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept } }));

    assert.equal(list["kind"], "PartialObjectMetadataList");
    assert.deepEqual(list["items"], [
      {
        kind: "PartialObjectMetadata",
        apiVersion: "meta.k8s.io/v1",
        metadata: { name: "a", namespace: "shop", uid: "uid-1", resourceVersion: "7" },
      },
    ]);
  });

  test("is no single object's metadata, and an object's metadata is no list", async () => {
    await using rig = await rigWith("a");
    const accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

    const list = parsed(await rig.ask(CONFIG_MAPS, { headers: { accept } }));
    const one = parsed(
      await rig.ask(`${CONFIG_MAPS}/a`, { headers: { accept: accept.replace("Metadata", "MetadataList") } }),
    );

    assert.equal(
      list["message"],
      "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)",
    );
    assert.equal(
      one["message"],
      "you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)",
    );
  });
});
