import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

interface Link {
  /** From the checkout's root. */
  readonly from: string;
  readonly to: string;
  /** `""`: the document itself. */
  readonly heading: string;
}

const LINKS = globSync(["*.md", "docs/*.md", "examples/*.md"], { cwd: ROOT }).flatMap(linksOf);

test("links in the documents lead to files that are there", () => {
  assert.deepEqual(
    LINKS.filter(({ to }) => !existsSync(join(ROOT, to))),
    [],
  );
});

test("links to a part of a document lead to a heading that is there", () => {
  assert.deepEqual(
    LINKS.filter(({ to, heading }) => heading !== "" && !headingsOf(to).includes(heading)),
    [],
  );
});

/** Without those to other sites. */
function linksOf(from: string): Link[] {
  const text = readFileSync(join(ROOT, from), "utf8");
  return [...text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)].map(([, target = "", heading = ""]) => {
    return { from, to: target === "" ? from : normalize(join(dirname(from), target)), heading };
  });
}

/** As links name them: `## From save to live` is `from-save-to-live`. */
function headingsOf(document: string): string[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}
