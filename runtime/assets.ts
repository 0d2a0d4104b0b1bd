/** Files that are read, not imported. They lie at the same places beside the sources and in the published package. */
import { extname, join } from "node:path";

/** What `informd` means inside a handler. */
export const HANDLER_API = join(import.meta.dirname, "handler-api", `index${extname(import.meta.filename)}`);

/** The types of `informd` for a compiler that does not find the package. */
export const HANDLER_TYPES =
  extname(import.meta.filename) === ".ts" ? HANDLER_API : join(import.meta.dirname, "types", "index.d.ts");

/** The modules that stand for Node's built-in ones inside a handler. */
export const IN_SANDBOX_MODULES = join(import.meta.dirname, "loader", "in-sandbox");
