import { bundleKeyOf, handlerFileOf } from "#loader/build/bundle-key.ts";
import { handlerIdOf } from "#loader/directory/handler-files.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem } from "#loader/revision.ts";
import type { BundleForm } from "./bundled-file.ts";

export type FoundKey =
  | { readonly type: "key"; readonly key: string; readonly form: BundleForm }
  | { readonly type: "none"; readonly problem: Problem };

/** What the API server takes for a key of a ConfigMap. */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** The key that stands for a handler file. @param sourceWillDo if the file can be called what it is called */
export function keyOf(file: string, sourceWillDo: boolean): FoundKey {
  if (sourceWillDo && KEY.test(file) && handlerFileOf(file) === file) return { type: "key", key: file, form: "source" };
  const key = bundleKeyOf(file);
  if (!KEY.test(key)) {
    return none(
      file,
      `no key of a ConfigMap can stand for this name: keys have letters, digits, "-", "_" and ".", at most 253. Rename the file`,
    );
  }
  const id = handlerIdOf(file);
  const loadedAs = handlerIdOf(handlerFileOf(key));
  if (loadedAs === id) return { type: "key", key, form: "bundle" };
  return none(
    file,
    `"__" stands for a folder in keys of a ConfigMap: "${id}" would be loaded as "${loadedAs}". Rename the file`,
  );
}

function none(file: string, reason: string): FoundKey {
  return { type: "none", problem: problemOfFile(file, reason) };
}
