import type { Inspect, InspectedExport, InspectedModule, Inspection, LoadError } from "./inspect.ts";
import type { Bundle } from "./revision.ts";

/** It would end the same way in any engine, and each attempt takes long or a process that cannot be had. */
const HOPELESS: ReadonlySet<string | undefined> = new Set(["LOAD_TIMEOUT", "SANDBOX"]);

/**
 * Which engine a handler asks for is known only once its file is loaded. So vm2 loads it; what does not load there is loaded without
 * vm2 once more, and counts if it then says `engine: "process"`.
 */
export async function inspectInEngine(inspect: Inspect, program: Bundle, signal: AbortSignal): Promise<Inspection> {
  const inVm2 = await inspect(program, "vm2", signal);
  if (inVm2.type === "loaded" || HOPELESS.has(inVm2.error.code)) return inVm2;
  const inProcess = await inspect(program, "process", signal);
  if (inProcess.type === "failed") return failedInBoth(inVm2.error, inProcess.error);
  if (optionsOf(inProcess.module).every((options) => engineOf(options) === "process")) return inProcess;
  const { error } = inVm2;
  const message = `${error.message}; it loads with engine: "process": add that to its options`;
  return { type: "failed", error: { ...error, message } };
}

/** Whoever has asked for the process engine has to know what is wrong there. */
function failedInBoth(inVm2: LoadError, inProcess: LoadError): Inspection {
  if (inProcess.message === inVm2.message) return { type: "failed", error: inVm2 };
  const { message, at } = inProcess;
  const place = at ? ` (${at.file}:${at.line}:${at.column})` : "";
  const both = `${inVm2.message}; with engine: "process" it fails too: ${message}${place}`;
  return { type: "failed", error: { ...inVm2, message: both } };
}

/** Of each handler that it holds. */
function optionsOf({ default: exported, config }: InspectedModule): readonly unknown[] {
  if (exported.type === "array") return exported.items.map(writtenOptions);
  return [exported.type === "handler" ? exported.options : config];
}

function writtenOptions(exported: InspectedExport): unknown {
  return exported.type === "handler" ? exported.options : undefined;
}

function engineOf(options: unknown): unknown {
  return typeof options === "object" && options !== null && "engine" in options ? options.engine : undefined;
}
