import { InvalidArgumentError, type Option } from "commander";
import { handlersDirectoryOf } from "#config/handlers-origin.ts";
import { option } from "./command.ts";

/** For commands that read files. */
export function handlersOption(): Option {
  return option("--handlers <dir>", "directory of the handler files (default: handlers)").argParser(directoryText);
}

function directoryText(text: string): string {
  const directory = handlersDirectoryOf(text, "/");
  if (directory.type === "invalid") throw new InvalidArgumentError(directory.message);
  return text;
}
