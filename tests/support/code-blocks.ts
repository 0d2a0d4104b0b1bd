import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const DOCUMENTS = ["README.md", "docs/*.md", "examples/*.md"];

export interface CodeBlock {
  /** From the checkout's root. */
  readonly document: string;
  /** `ts`, `sh` */
  readonly language: string;
  readonly text: string;
}

/** What stands between fences in the documents for users. */
export function codeBlocks(language: string): readonly CodeBlock[] {
  return globSync(DOCUMENTS, { cwd: ROOT }).flatMap((document) =>
    [...readFileSync(join(ROOT, document), "utf8").matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
      .map(([, found = "", text = ""]) => ({ document, language: found, text }))
      .filter((block) => block.language === language),
  );
}

/** What its first line says: `// handlers/pod-added.ts`, with or without more behind it. */
export function fileOf({ text }: CodeBlock): string | undefined {
  return /^\/\/ ([\w./-]+\.ts)\b/.exec(text)?.[1];
}
