/** Writes a typed handler file for a kind and an event, and around it what an editor needs to know its types. */
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nearestName } from "#handler-api/nearest-name.ts";
import { FILE_EVENTS, type FileEvent, splitFileName } from "#loader/file-name.ts";
import { handlerIdOf, isHandlerFile } from "#loader/directory/handler-files.ts";
import { type WhereInformdIs, writeEditorProject } from "./editor-project.ts";
import { handlerTemplate } from "./handler-template.ts";
import { templateSubject } from "./template-subject.ts";

export interface NewHandlerRequest {
  /** As typed: `pod-added`, `billing/certificate.cert-manager.io-changed`. */
  readonly name: string;
  /** The handlers directory, absolute. It need not exist. */
  readonly directory: string;
  /** Of informd. */
  readonly version: string;
}

export type NewHandlerResult =
  | {
      readonly type: "written";
      /** Absolute paths, the handler's first. */
      readonly files: readonly [string, ...string[]];
      readonly informd: WhereInformdIs;
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export async function newHandler({ name, directory, version }: NewHandlerRequest): Promise<NewHandlerResult> {
  const id = lowerCaseName(handlerIdOf(name));
  const text = handlerText(id);
  if (text.type === "failed") return text;
  const file = join(directory, `${id}.ts`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text.text, { flag: "wx" });
    const { files, informd } = await writeEditorProject(directory, version);
    return { type: "written", files: [file, ...files], informd };
  } catch (error) {
    return failed(`Cannot write "${file}": ${reasonOf(error)}`);
  }
}

/** Kinds are written in capitals in YAML, and not in file names. */
function lowerCaseName(id: string): string {
  return join(dirname(id), basename(id).toLowerCase());
}

type HandlerText = { readonly type: "text"; readonly text: string } | Extract<NewHandlerResult, { type: "failed" }>;

function handlerText(id: string): HandlerText {
  const { kind, ending } = splitFileName(id);
  if (kind === "") return failed(`Cannot write handler "${id}": it has no event. ${FORM}`);
  if (!isHandlerFile(`${id}.ts`) || !/^[\w./-]+$/.test(id) || id.startsWith("/")) {
    return failed(`Cannot write handler "${id}": a file of that name is no handler. ${FORM}`);
  }
  const event = FILE_EVENTS.find((one) => one === ending);
  if (!event) return failed(`Cannot write handler "${id}": ${noSuchEvent(ending)}`);
  const found = templateSubject(kind);
  if (found.type === "failed") return failed(`Cannot write handler "${id}": ${found.reason}.`);
  return { type: "text", text: handlerTemplate(found.subject, event) };
}

const FORM = `Write <kind>-<event>, for example "pod-added".`;

function noSuchEvent(ending: string): string {
  const nearest: FileEvent | undefined = FILE_EVENTS.find((one) => one === nearestName(ending, FILE_EVENTS));
  const meant = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  return `"${ending}" is no event. It takes ${FILE_EVENTS.join(", ")}.${meant}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: "it is there already. Choose another name, or delete it first.",
  ENOTDIR: "a part of its path is a file. Name another directory with --handlers.",
  EACCES: "permission denied. Name another directory with --handlers.",
  EROFS: "the file system is read-only. Name another directory with --handlers.",
};

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (error instanceof Error && "code" in error ? REASONS[String(error.code)] : undefined) ?? `${message}.`;
}

function failed(message: string): Extract<NewHandlerResult, { type: "failed" }> {
  return { type: "failed", message };
}
