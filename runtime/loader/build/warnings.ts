/** What a bundle is likely to stumble over in its sandbox, told before it does. */
import type { Message } from "esbuild";
import { packageOf } from "./package-of.ts";
import { problemAt, problemOfFile, problemOfMessage } from "../problem.ts";
import type { Problem } from "../revision.ts";
import { placeIn } from "./source-text.ts";

/** Loading takes noticeably longer from here on. */
const LARGE_BUNDLE_BYTES = 512 * 1024;

/** What they cannot do without, and vm2 does not have. docs/imports.md shows it. */
const UNFIT_PACKAGES: ReadonlyMap<string, string> = new Map([
  ["ajv", "new Function"],
  ["ejs", "new Function"],
  ["handlebars", "new Function"],
  ["immer", "Proxy"],
  ["nunjucks", "new Function"],
  ["openai", "Proxy"],
  ["@octokit/plugin-rest-endpoint-methods", "Proxy"],
]);
const INSTEAD = 'set the handler\'s option engine: "process"';

const UNFIT_CODE: readonly { readonly pattern: RegExp; readonly reason: string; readonly engine?: "vm2" }[] = [
  { pattern: /\bnew Function\s*\(/, reason: `new Function() throws in vm2; ${INSTEAD}`, engine: "vm2" },
  { pattern: /\bimport\s*\(\s*[^"'\s]/, reason: "import() of anything but a literal name throws in the sandbox" },
];

export function warningsOf(
  file: string,
  code: string,
  inputs: Iterable<string>,
  texts: ReadonlyMap<string, string>,
): Problem[] {
  return [...sizeWarnings(file, code), ...packageWarnings(file, inputs), ...codeWarnings(texts)];
}

/** One of esbuild's. */
export function buildWarning(message: Message, file: string, source: string | undefined): Problem {
  const problem = problemOfMessage(message, file, source);
  if (message.id !== "direct-eval") return problem;
  return { ...problem, reason: `eval() throws in vm2; ${INSTEAD}`, engine: "vm2" };
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
    if (need === undefined) return [];
    const reason = `package "${name}" needs ${need}, which vm2 does not have; ${INSTEAD}`;
    return [{ ...problemOfFile(file, reason), engine: "vm2" }];
  });
}

function codeWarnings(texts: ReadonlyMap<string, string>): Problem[] {
  return UNFIT_CODE.flatMap(({ pattern, reason, ...tag }) =>
    [...texts].flatMap(([source, text]) => {
      const index = text.search(pattern);
      return index === -1 ? [] : [{ ...problemAt(placeIn(source, text, index), reason, text), ...tag }];
    }),
  );
}
