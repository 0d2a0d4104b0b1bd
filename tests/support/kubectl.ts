import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const ASSETS = process.env["KUBEBUILDER_ASSETS"] ?? "";

/** The kubectl of `KUBEBUILDER_ASSETS`. `undefined`: there is none. */
export const KUBECTL: string | undefined = existsSync(join(ASSETS, "kubectl")) ? join(ASSETS, "kubectl") : undefined;

/** Runs a line of shell in which `kubectl` is that one, and resolves with what it prints. Rejects if it fails. */
export function shellWithKubectl(line: string, cwd: string): Promise<string> {
  const env = { ...process.env, PATH: [ASSETS, process.env["PATH"]].join(delimiter) };
  return new Promise((resolve, reject) => {
    execFile("sh", ["-c", line], { cwd, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${line}: ${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}
