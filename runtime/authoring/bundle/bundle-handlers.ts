/**
 * The handlers of a directory as files for a ConfigMap: flat keys, and nothing to import that is not in them.
 * A runtime that loads them has the same handlers: same ids, same options. It writes nothing.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { makeSelfContained, type SelfContained } from "#loader/build/self-contained.ts";
import { handlerIdFrom } from "../handler-id.ts";
import { loadHandlers } from "../load-handlers.ts";
import type { BundledFile, BundleForm } from "./bundled-file.ts";
import { keyOf } from "./key-of.ts";
import { selectFiles } from "./select-files.ts";
import { bytesOf, MAX_BYTES } from "./size-limit.ts";

export interface BundleRequest {
  /** Of the handlers. Absolute. */
  readonly directory: string;
  /** `bundle`: every file. `source`: only those that import more than `informd`; of the others the source itself. */
  readonly prefer: BundleForm;
  /** Handler files as somebody writes them: `pod-added`, `handlers/pod-added.ts`. @default all */
  readonly only?: readonly string[];
  /** Where such a path begins. Absolute. @default the handlers directory */
  readonly cwd?: string;
  /** What is to be done with them, for messages. @default bundle */
  readonly action?: string;
}

export type BundledHandlers =
  | {
      readonly type: "bundled";
      /** Sorted by key. */
      readonly files: readonly BundledFile[];
      /** Of all keys and texts. More than `MAX_BYTES` does not fit into one ConfigMap: `tooBig` says why. */
      readonly bytes: number;
      /** Readable code would not have fitted. */
      readonly isMinified: boolean;
      readonly revisions: readonly Revision[];
      readonly warnings: readonly Problem[];
    }
  /** Handler files that do not load, or that no key can stand for. */
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export async function bundleHandlers(
  clock: Clock,
  { directory, prefer, only = [], cwd = directory, action = "bundle" }: BundleRequest,
): Promise<BundledHandlers> {
  const loaded = await loadHandlers(clock, directory, action);
  if (loaded.type === "failed") return loaded;
  const ids = await Promise.all(only.map((written) => handlerIdFrom(written, cwd, loaded.root)));
  const selected = ids.length === 0 ? loaded : selectFiles(loaded, ids, directory);
  if (selected.type === "failed") return selected;
  const { revisions, failures, warnings } = selected;
  const problems = failures.flatMap((failure) => failure.problems);
  if (problems.length > 0) return { type: "notLoaded", problems };
  const sources = [...new Set(revisions.map(({ file }) => file))];
  const make = async (minify: boolean): Promise<Made> => {
    const options = { root: loaded.root, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES };
    const modules = await makeSelfContained(sources, options, { minify });
    return filesOf(modules, { root: loaded.root, prefer, revisions });
  };
  const readable = await make(false);
  if (readable.type === "notLoaded") return readable;
  const isMinified = bytesOf(readable.files) > MAX_BYTES;
  const made = isMinified ? await make(true) : readable;
  if (made.type === "notLoaded") return made;
  const { files } = made;
  return { type: "bundled", files, bytes: bytesOf(files), isMinified, revisions, warnings };
}

type Made =
  | { readonly type: "made"; readonly files: readonly BundledFile[] }
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] };

interface FilesRequest {
  readonly root: string;
  readonly prefer: BundleForm;
  readonly revisions: readonly Revision[];
}

async function filesOf(modules: readonly SelfContained[], { root, prefer, revisions }: FilesRequest): Promise<Made> {
  const problems: Problem[] = [];
  const files = modules.map(async ({ file, text, isAlone, packages }): Promise<BundledFile[]> => {
    const found = keyOf(file, prefer === "source" && isAlone);
    if (found.type === "none") {
      problems.push(found.problem);
      return [];
    }
    const { key, form } = found;
    const content = form === "source" ? await readFile(join(root, file), "utf8") : text;
    const bytes = Buffer.byteLength(key) + Buffer.byteLength(content);
    const handlers = revisions.filter((revision) => revision.file === file).map(({ handler }) => handler);
    return [{ key, text: content, form, bytes, source: file, handlers, packages: form === "source" ? [] : packages }];
  });
  const made = (await Promise.all(files)).flat();
  if (problems.length > 0) return { type: "notLoaded", problems };
  return { type: "made", files: made.toSorted((a, b) => (a.key < b.key ? -1 : 1)) };
}
