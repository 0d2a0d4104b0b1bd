/** From what a file exports to the handlers it holds. */
import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { OptionDefaults, OptionProblem } from "#handler-api/resolve-options.ts";
import { contentHash } from "./content-hash.ts";
import { readFileName } from "./file-name.ts";
import { handlerIdOf } from "./directory/handler-files.ts";
import type { InspectedExport, InspectedModule } from "./inspect.ts";
import type { Bundle, Making, Revision } from "./revision.ts";

export type ExportsReading =
  | { readonly type: "handlers"; readonly revisions: readonly Revision[] }
  | { readonly type: "invalid"; readonly reasons: readonly string[] };

export function readExports(bundle: Bundle, module: InspectedModule, making: Making): ExportsReading {
  const exported = module.default;
  if (exported.type !== "array") return join([readEntry(bundle, exported, module.config, undefined, making)]);
  if (exported.items.length === 0) return invalid(`Cannot load "${bundle.file}": its default export is an empty array`);
  return join(
    exported.items.map((item, entry) =>
      item.type === "handler"
        ? readEntry(bundle, item, undefined, entry, making)
        : invalid(`Cannot load entry ${entry} of "${bundle.file}": make each entry with on(resource, handler)`),
    ),
  );
}

function readEntry(
  bundle: Bundle,
  exported: Exclude<InspectedExport, { type: "array" }>,
  config: unknown,
  entry: number | undefined,
  making: Making,
): ExportsReading {
  const said = declarationOf(bundle.file, exported, config);
  if (said.type === "invalid") return said;
  const resolution = resolveOptions(said.resource, said.options, said.defaults);
  if (resolution.type === "invalid") {
    return invalid(...resolution.problems.map((problem) => optionReason(problem, entry)));
  }
  const { options, name } = resolution;
  const revision: Revision = {
    id: contentHash(bundle.id, JSON.stringify(options), String(entry ?? 0)),
    handler: idOf(bundle.file, name, entry),
    file: bundle.file,
    entry: entry ?? 0,
    bundle,
    options,
    ...making,
  };
  return { type: "handlers", revisions: [revision] };
}

type Declaration =
  | {
      readonly type: "declared";
      readonly resource: unknown;
      readonly options: unknown;
      readonly defaults: OptionDefaults;
    }
  | Extract<ExportsReading, { type: "invalid" }>;

/** `on` beats the file name; `export const config` adds to it. */
function declarationOf(
  file: string,
  exported: Exclude<InspectedExport, { type: "array" }>,
  config: unknown,
): Declaration {
  if (exported.type === "handler") return { ...exported, type: "declared", defaults: {} };
  if (exported.type === "other") return invalid(otherReason(file, exported.found));
  const named = readFileName(file);
  if (!named) {
    return invalid(
      `Cannot tell what "${file}" listens to: name it <kind>-<event>.ts (event: added, updated, deleted or changed), ` +
        `or export default on(resource, handler)`,
    );
  }
  return { type: "declared", resource: named.resource, options: config, defaults: { events: named.events } };
}

function otherReason(file: string, found: string): string {
  const next = "export default a function or on(resource, handler)";
  if (found === "undefined") return `Cannot load "${file}": it has no default export; ${next}`;
  return `Cannot load "${file}": its default export is of type ${found}; ${next}`;
}

function optionReason({ reason }: OptionProblem, entry: number | undefined): string {
  return entry === undefined ? reason : `Entry ${entry}: ${reason}`;
}

/** A `name` is the last part of the id. */
function idOf(file: string, name: string | undefined, entry: number | undefined): string {
  const id = handlerIdOf(file);
  if (entry !== undefined) return `${id}#${name ?? entry}`;
  return name === undefined ? id : id.slice(0, id.lastIndexOf("/") + 1) + name;
}

function join(readings: readonly ExportsReading[]): ExportsReading {
  const reasons = readings.flatMap((reading) => (reading.type === "invalid" ? reading.reasons : []));
  if (reasons.length > 0) return invalid(...reasons);
  const revisions = readings.flatMap((reading) => (reading.type === "handlers" ? reading.revisions : []));
  const twice = revisions.find(({ handler }, at) => revisions.findIndex((other) => other.handler === handler) < at);
  if (twice) return invalid(`Cannot load "${twice.file}": two of its entries have the id "${twice.handler}"`);
  return { type: "handlers", revisions };
}

function invalid(...reasons: readonly string[]): Extract<ExportsReading, { type: "invalid" }> {
  return { type: "invalid", reasons };
}
