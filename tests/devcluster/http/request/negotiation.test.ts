import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { StatusError } from "#devcluster/api-status.ts";
import { formatOf, negotiate } from "#devcluster/http/request/negotiation.ts";

const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

function formFor(accept: string, verb = "get", custom = false): string {
  const { format, as, apiVersion } = negotiate({ accept, verb, custom });
  return [format, as, apiVersion].filter((part) => part !== "").join(" ");
}

function refusalOf(accept: string, verb = "get", custom = false): string {
  try {
    negotiate({ accept, verb, custom });
  } catch (error) {
    if (error instanceof StatusError && error.status.code === 406) return error.message;
  }
  return "accepted";
}

suite("negotiate", () => {
  test("gives JSON to whoever says nothing, or anything", () => {
    for (const accept of ["", "*/*", "text/html, */*", "application/json;charset=utf-8"]) {
      assert.equal(formFor(accept), "json object", accept);
    }
  });

  test("gives YAML to whoever likes it best", () => {
    assert.equal(formFor("application/yaml"), "yaml object");
    assert.equal(formFor("application/json;q=0.2, application/yaml;q=0.9"), "yaml object");
    assert.equal(formFor("application/json, application/yaml"), "json object");
    assert.equal(formFor("*/*, application/yaml"), "yaml object");
  });

  test("gives tables and metadata in both versions", () => {
    assert.equal(formFor(TABLE), "json Table meta.k8s.io/v1");
    assert.equal(formFor(TABLE.replace("v=v1", "v=v1beta1")), "json Table meta.k8s.io/v1beta1");
    assert.equal(formFor(TABLE.replace("Table", "PartialObjectMetadata")), "json PartialObjectMetadata meta.k8s.io/v1");
  });

  test("goes on to the next entry where it has no such form", () => {
    assert.equal(formFor("application/vnd.kubernetes.protobuf,application/json"), "json object");
    assert.equal(formFor(`${TABLE.replace("v1", "v2")},application/json`), "json object");
  });

  test("says what there is to a client that takes none of it", () => {
    const message = "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml";
    for (const accept of [
      "application/vnd.kubernetes.protobuf",
      "application/cbor",
      "application/*",
      "APPLICATION/JSON",
    ]) {
      assert.equal(refusalOf(accept), message, accept);
    }
    assert.equal(refusalOf("text/html", "list"), `${message}, application/json;stream=watch`);
    assert.equal(refusalOf("text/html", "watch"), `${message}, application/json;stream=watch`);
  });

  test("says it with other words for a form that is unknown, and for custom resources", () => {
    const message = "only the following media types are accepted: application/json, application/yaml";
    for (const accept of [TABLE.replace("v1", "v2"), TABLE.replace("Table", "Tabel"), "application/json;as=Table"]) {
      assert.equal(refusalOf(accept), message, accept);
    }
    assert.equal(refusalOf("text/html", "get", true), message);
    assert.equal(formFor("application/*", "get", true), "json object");
  });

  test("watches are JSON only", () => {
    assert.equal(formFor("application/json;stream=watch", "watch"), "json object");
    const message = "only the following media types are accepted: application/json;stream=watch";
    assert.equal(refusalOf("application/yaml", "watch"), message);
  });
});

test("failures are YAML for clients that prefer it, but not in the place of a table", () => {
  assert.equal(formatOf("application/yaml"), "yaml");
  assert.equal(formatOf("text/html, application/yaml"), "yaml");
  assert.equal(formatOf("application/yaml;as=Table;v=v1;g=meta.k8s.io"), "json");
  assert.equal(formatOf("text/html"), "json");
});
