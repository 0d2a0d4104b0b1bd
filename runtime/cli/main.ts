import { createProgram } from "./program.ts";
import { systemTerminal } from "./terminal.ts";

// Without a listener SIGUSR1 opens V8's inspector, which would hand this process, credentials and all, to any local user.
process.on("SIGUSR1", () => {});

process.exitCode = await createProgram(systemTerminal()).run(process.argv.slice(2));
