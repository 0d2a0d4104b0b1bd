/** Keys of a ConfigMap have no folders: a self-contained bundle keeps its handler's id all the same. */

const BUNDLE = ".mjs";
const FOLDER = "__";
/** What begins otherwise is no handler, and lies in no folder of handlers. */
const IN_A_HANDLERS_PATH = /^[^_.]/;

/** `billing/invoice-paid.ts` → `billing__invoice-paid.mjs`. */
export function bundleKeyOf(handlerFile: string): string {
  return handlerFile.replace(/\.[^./]+$/, "").replaceAll("/", FOLDER) + BUNDLE;
}

/**
 * `billing__invoice-paid.mjs` → `billing/invoice-paid.mjs`. Other files are what they are called.
 * @param file a key, or a path that ends in one: folders keep their names
 */
export function handlerFileOf(file: string): string {
  if (!file.endsWith(BUNDLE)) return file;
  const keyAt = file.lastIndexOf("/") + 1;
  const parts = file.slice(keyAt).split(FOLDER);
  return parts.every((part) => IN_A_HANDLERS_PATH.test(part)) ? file.slice(0, keyAt) + parts.join("/") : file;
}
