import assert from "node:assert/strict";
import { test } from "node:test";
import type { BundledFile } from "#authoring/bundle/bundled-file.ts";
import { tooBig } from "#authoring/bundle/too-big.ts";

const KIB = 1024;

function file(source: string, kibibytes: number, packages: Readonly<Record<string, number>> = {}): BundledFile {
  return {
    key: source,
    text: "",
    form: "bundle",
    bytes: kibibytes * KIB,
    source,
    handlers: [],
    packages: Object.entries(packages).map(([name, size]) => ({ name, bytes: size * KIB })),
  };
}

test("files of exactly 1 MiB fit into a ConfigMap", () => {
  assert.equal(tooBig([file("a.ts", 1000), file("b.ts", 24)], "handlers"), undefined);
});

test("files that do not fit are told with their packages, the biggest first, and what to do", () => {
  const files = [
    file("small.ts", 24),
    file("big.ts", 600, { zod: 500, "left-pad": 40 }),
    file("other.ts", 500, { zod: 490 }),
  ];
  assert.equal(
    tooBig(files, "handlers"),
    [
      'Cannot bundle handlers of "handlers": they need 1.1 MiB, and a ConfigMap holds 1 MiB. The biggest:',
      "  big.ts: 600 KiB, of it zod 500 KiB, left-pad 40 KiB",
      "  other.ts: 500 KiB, of it zod 490 KiB",
      "  small.ts: 24 KiB",
      '"zod" is in 2 of them, 990 KiB in all: a file that exports several handlers, [on(...), on(...)], has it once.',
      "Import a lighter package, or split them: informd bundle HANDLER... --out DIR --name NAME makes a part; a projected volume mounts several ConfigMaps as one directory.",
    ].join("\n"),
  );
});

test("a file that is too big alone cannot be split: it is named", () => {
  const said = tooBig([file("huge.ts", 1025, { "@kubernetes/client-node": 1000 }), file("a.ts", 1)], "handlers") ?? "";
  assert.match(said, /\n"huge\.ts" alone is too big: import a lighter package there\.$/);
});

test("of many files that do not fit only the biggest are told", () => {
  const said =
    tooBig(
      Array.from({ length: 30 }, (_, at) => file(`h${at}.ts`, 40)),
      "handlers",
    ) ?? "";
  assert.match(said, /\n  and 20 more\n/);
});
