import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { QueryReader } from "#devcluster/http/request/options/query-reader.ts";
import { writeOptions } from "#devcluster/http/request/options/write-options.ts";
import { failureOf } from "../../../../support/status-failure.ts";

const query = (text: string): QueryReader => new QueryReader(new URLSearchParams(text));

suite("writeOptions", () => {
  const write = (text: string, applies = false) =>
    writeOptions(query(text), applies ? "PatchOptions" : "CreateOptions", "kubectl/v1.37.2 (linux/amd64)", applies);

  test("warn of unknown fields and change for good by default", () => {
    assert.deepEqual(write(""), { dryRun: false, fieldManager: "kubectl", fieldValidation: "Warn", force: false });
    assert.equal(write("fieldValidation=").fieldValidation, "Warn");
  });

  test("are read from the query", () => {
    assert.deepEqual(write("dryRun=All&fieldManager=me&fieldValidation=Strict"), {
      dryRun: true,
      fieldManager: "me",
      fieldValidation: "Strict",
      force: false,
    });
    assert.equal(write("fieldManager=me&force=true", true).force, true);
  });

  test("name the first part of the user agent as the manager, cut to 128 bytes", () => {
    const { fieldManager } = writeOptions(query(""), "CreateOptions", "é".repeat(100), false);
    assert.ok(Buffer.byteLength(fieldManager) <= 128);
    assert.match(fieldManager, /^é+$/);
  });

  test("know no manager of who says nothing about itself", () => {
    assert.equal(writeOptions(query(""), "CreateOptions", "", false).fieldManager, "unknown");
  });

  test("refuse what the real server refuses", () => {
    const invalid = '422 CreateOptions.meta.k8s.io "" is invalid: ';
    const rows = [
      ["dryRun=nope", 'dryRun: Unsupported value: ["nope"]: supported values: "All"'],
      ["dryRun=All&dryRun=nope", 'dryRun: Unsupported value: ["All","nope"]: supported values: "All"'],
      ["dryRun=", 'dryRun: Unsupported value: [""]: supported values: "All"'],
      [
        "fieldValidation=nope",
        'fieldValidation: Unsupported value: "nope": supported values: "", "Ignore", "Strict", "Warn"',
      ],
      [`fieldManager=${"a".repeat(129)}`, "fieldManager: Too long: may not be more than 128 bytes"],
      ["fieldManager=%07", String.raw`fieldManager: Invalid value: "\a": invalid character U+0007 (at position 0)`],
      [
        "fieldManager=%C3%A9%E2%80%8B",
        String.raw`fieldManager: Invalid value: "é\u200b": invalid character U+200B (at position 2)`,
      ],
      [
        "dryRun=x&fieldValidation=y",
        '[dryRun: Unsupported value: ["x"]: supported values: "All", fieldValidation: Unsupported value: "y": supported values: "", "Ignore", "Strict", "Warn"]',
      ],
    ] as const;
    for (const [text, message] of rows)
      assert.equal(
        failureOf(() => write(text)),
        invalid + message,
      );
  });

  test("an apply needs a manager, and only an apply may force", () => {
    const invalid = '422 PatchOptions.meta.k8s.io "" is invalid: ';
    assert.equal(
      failureOf(() => write("", true)),
      `${invalid}fieldManager: Required value: is required for apply patch`,
    );
    assert.equal(
      failureOf(() => writeOptions(query("force=false"), "PatchOptions", "", false)),
      `${invalid}force: Forbidden: may not be specified for non-apply patch`,
    );
  });
});
