/** What a bundle is likely to stumble over in its sandbox, told before it does. */
import { packageOf } from "./package-of.ts";
import { problemAt, problemOfFile } from "../problem.ts";
import type { Problem } from "../revision.ts";
import { placeIn } from "./source-text.ts";

/** Loading takes noticeably longer from here on. */
const LARGE_BUNDLE_BYTES = 512 * 1024;

/** What they cannot do without, and the sandbox does not have. */
const UNFIT_PACKAGES: ReadonlyMap<string, string> = new Map([
  ["ajv", "eval"],
  ["handlebars", "eval"],
  ["immer", "Proxy"],
]);

const UNFIT_CODE = [
  { pattern: /\bnew Function\s*\(/, reason: "new Function() throws in the sandbox" },
  { pattern: /\bimport\s*\(\s*[^"'\s]/, reason: "import() of anything but a literal name throws in the sandbox" },
] as const;

export function warningsOf(
  file: string,
  code: string,
  inputs: Iterable<string>,
  texts: ReadonlyMap<string, string>,
): Problem[] {
  return [...sizeWarnings(file, code), ...packageWarnings(file, inputs), ...codeWarnings(texts)];
}

function sizeWarnings(file: string, code: string): Problem[] {
  const bytes = Buffer.byteLength(code);
  if (bytes <= LARGE_BUNDLE_BYTES) return [];
  return [problemOfFile(file, `the bundle has ${Math.round(bytes / 1024)} KiB: it loads slowly; import less`)];
}

function packageWarnings(file: string, inputs: Iterable<string>): Problem[] {
  const names = new Set(Array.from(inputs, (input) => packageOf(input) ?? ""));
  return [...names].flatMap((name) => {
    const need = UNFIT_PACKAGES.get(name);
    return need === undefined
      ? []
      : [problemOfFile(file, `package "${name}" needs ${need}, which the sandbox does not have`)];
  });
}

function codeWarnings(texts: ReadonlyMap<string, string>): Problem[] {
  return UNFIT_CODE.flatMap(({ pattern, reason }) =>
    [...texts].flatMap(([source, text]) => {
      const index = text.search(pattern);
      return index === -1 ? [] : [problemAt(placeIn(source, text, index), reason, text)];
    }),
  );
}
