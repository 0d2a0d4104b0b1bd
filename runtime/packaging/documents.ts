import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** What a reader of the package needs. The rest is about the checkout. */
const PUBLISHED = ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "docs/**/*.md", "examples/**/*.{md,ts,yaml}"];

const LINK = /\[([^\]]*)\]\(([^)#:]+)(#[^)]*)?\)/g;

/** Copies the documents and what they link to. A link to what stays in the checkout becomes its text. */
export function copyDocuments(checkout: string, target: string): void {
  const files = globSync(PUBLISHED, { cwd: checkout });
  const isThere = (path: string): boolean => files.some((file) => file === path || file.startsWith(`${path}/`));
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    if (file.endsWith(".md")) writeFileSync(join(target, file), linkedWithin(checkout, file, isThere));
    else cpSync(join(checkout, file), join(target, file));
  }
}

function linkedWithin(checkout: string, file: string, isThere: (path: string) => boolean): string {
  return readFileSync(join(checkout, file), "utf8").replace(LINK, (link, text: string, to: string) => {
    return isThere(posix.join(posix.dirname(file), to).replace(/\/$/, "")) ? link : text;
  });
}
