import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { bodyTypeOf, deleteOptionsFrom, objectFrom, type BodyType } from "#devcluster/http/request/body/object-body.ts";
import { RESOURCES, servedResource } from "../../../../support/served-resources.ts";
import { failureOf } from "../../../../support/status-failure.ts";

const DEPS = {
  decodeProtobuf: (bytes: Uint8Array, { kind }: { readonly kind: string }) => ({ kind, size: bytes.length }),
  resources: { find: () => undefined, all: () => RESOURCES },
};
const CONFIG_MAPS = servedResource({ kind: "ConfigMap", plural: "configmaps" });
const [WIDGETS = CONFIG_MAPS] = RESOURCES.filter(({ kind }) => kind === "Widget");

function read(text: string, resource = CONFIG_MAPS, type: BodyType = "json"): JsonRecord {
  return objectFrom({ type, bytes: Buffer.from(text) }, { resource, subresource: "" }, DEPS);
}

suite("bodyTypeOf", () => {
  test("is JSON without a content type", () => assert.equal(bodyTypeOf(""), "json"));

  test("knows JSON, YAML and protobuf", () => {
    assert.equal(bodyTypeOf("application/json; charset=utf-8"), "json");
    assert.equal(bodyTypeOf("application/yaml"), "yaml");
    assert.equal(bodyTypeOf("application/vnd.kubernetes.protobuf"), "protobuf");
  });

  test("refuses others with 415 and what it knows", () => {
    const message =
      "415 the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf";
    for (const type of ["text/plain", "application/cbor", "application/json;;"]) {
      assert.equal(
        failureOf(() => bodyTypeOf(type)),
        message,
      );
    }
  });
});

suite("objectFrom", () => {
  test("reads JSON, YAML and protobuf", () => {
    assert.deepEqual(read('{"data":{"a":"b"}}'), { data: { a: "b" } });
    assert.deepEqual(read("data: {a: b}", CONFIG_MAPS, "yaml"), { data: { a: "b" } });
    assert.deepEqual(read("k8s", CONFIG_MAPS, "protobuf"), { kind: "ConfigMap", size: 3 });
  });

  test("takes null for an object without members", () => assert.deepEqual(read("null"), {}));

  const unrecognized = "400 the object provided is unrecognized (must be of type ConfigMap): ";

  test("shows the beginning of a body that is no JSON, in hex if it is no object", () => {
    const parse = `${unrecognized}couldn't get version/kind; json parse error: `;
    assert.equal(
      failureOf(() => read("")),
      `${parse}unexpected end of JSON input (<empty>)`,
    );
    assert.equal(
      failureOf(() => read('{"a"')),
      `${parse}unexpected end of JSON input ({"a")`,
    );
    assert.equal(
      failureOf(() => read("hello: world")),
      `${parse}invalid character 'h' looking for beginning of value (68656c6c6f3a20776f726c64)`,
    );
    assert.equal(
      failureOf(() => read(`{"kind":"ConfigMap","apiVersion":"v1"}x`)),
      `${parse}invalid character 'x' after top-level value ({"kind":"ConfigMap","apiVersio ...)`,
    );
  });

  test("names the type of JSON that is no object", () => {
    const type =
      'Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    const parse = `${unrecognized}couldn't get version/kind; json parse error: `;
    assert.equal(
      failureOf(() => read("[]")),
      `${parse}json: cannot unmarshal array into ${type} (5b5d)`,
    );
    assert.equal(
      failureOf(() => read("true")),
      `${parse}json: cannot unmarshal bool into ${type} (74727565)`,
    );
    assert.equal(
      failureOf(() => read('{"kind":1}')),
      `${parse}json: cannot unmarshal number into Go struct field .kind of type string ({"kind":1})`,
    );
  });

  test("refuses an API version with too many parts", () => {
    assert.equal(
      failureOf(() => read('{"kind":"ConfigMap","apiVersion":"a/b/c"}')),
      `${unrecognized}unexpected GroupVersion string: a/b/c ({"kind":"ConfigMap","apiVersio ...)`,
    );
  });

  test("refuses another built-in kind, as it cannot be converted", () => {
    assert.equal(
      failureOf(() => read('{"kind":"Pod","apiVersion":"v1"}')),
      '400 Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
    );
  });

  test("refuses kinds and versions that are not built in, custom ones too", () => {
    const scheme = 'in scheme "pkg/runtime/scheme.go:111"';
    const rows = [
      ['{"kind":"ConfigMap","apiVersion":"v2"}', "ConfigMap", "v2", "v2"],
      ['{"kind":"Widget","apiVersion":"example.com/v1"}', "Widget", "v1", "example.com/v1"],
      ['{"apiVersion":"example.com/v1"}', "ConfigMap", "v1", "example.com/v1"],
      ['{"kind":"Nope"}', "Nope", "v1", "v1"],
    ] as const;
    for (const [body, kind, version, apiVersion] of rows) {
      assert.equal(
        failureOf(() => read(body)),
        `400 ${kind} in version "${version}" cannot be handled as a ConfigMap: no kind "${kind}" is registered for version "${apiVersion}" ${scheme}`,
      );
    }
  });

  test("lets another version of the same kind pass: versions convert", () => {
    const autoscalers = servedResource({ kind: "HPA", plural: "hpas", group: "autoscaling", version: "v2" });
    const older = servedResource({ kind: "HPA", plural: "hpas", group: "autoscaling", version: "v1" });
    const deps = { ...DEPS, resources: { find: () => undefined, all: () => [autoscalers, older] } };
    const bytes = Buffer.from('{"kind":"HPA","apiVersion":"autoscaling/v1"}');

    assert.doesNotThrow(() => objectFrom({ type: "json", bytes }, { resource: autoscalers, subresource: "" }, deps));
  });

  test("the Scale of a custom resource says its kind as little as others", () => {
    const bytes = Buffer.from('{"spec":{"replicas":3}}');
    const scale = objectFrom({ type: "json", bytes }, { resource: WIDGETS, subresource: "scale" }, DEPS);
    assert.deepEqual(scale, { spec: { replicas: 3 } });
  });

  test("custom resources have no kind and no version by default", () => {
    assert.equal(
      failureOf(() => read("{}", WIDGETS)),
      "400 the object provided is unrecognized (must be of type Widget): Object 'Kind' is missing in '{}' ({})",
    );
    assert.equal(
      failureOf(() => read('{"kind":"Widget"}', WIDGETS)),
      "400 the API version in the data () does not match the expected API version (example.com/v1)",
    );
  });
});

suite("deleteOptionsFrom", () => {
  const options = (text: string): JsonRecord => deleteOptionsFrom({ type: "json", bytes: Buffer.from(text) }, DEPS);

  test("takes options of any version, and options that do not say what they are", () => {
    assert.deepEqual(options('{"kind":"DeleteOptions","apiVersion":"v9"}'), {
      kind: "DeleteOptions",
      apiVersion: "v9",
    });
    assert.deepEqual(options('{"dryRun":["All"]}'), { dryRun: ["All"] });
  });

  test("refuses other kinds", () => {
    assert.equal(
      failureOf(() => options('{"kind":"Pod","apiVersion":"v1"}')),
      '400 no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    );
    assert.equal(
      failureOf(() => options('{"kind":"Pod"}')),
      '400 no kind "Pod" is registered for version "meta.k8s.io/v1" in scheme "pkg/runtime/scheme.go:111"',
    );
  });

  test("refuses what is no JSON", () => {
    assert.equal(
      failureOf(() => options("{")),
      "400 couldn't get version/kind; json parse error: unexpected end of JSON input",
    );
  });
});
