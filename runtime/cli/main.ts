import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiling the many small files of a checkout costs more than half of a start. Where nothing can be written, there is no cache.
enableCompileCache(join(import.meta.dirname, "..", "..", "node_modules", ".cache", "informd", "compiled"));

// Without a listener SIGUSR1 opens V8's inspector, which would hand this process, credentials and all, to any local user.
process.on("SIGUSR1", () => {});

const { createProgram } = await import("./program.ts");
const { systemTerminal } = await import("./terminal.ts");

process.exitCode = await createProgram(systemTerminal()).run(process.argv.slice(2));
