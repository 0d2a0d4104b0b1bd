import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";

/** Attempts that must fail. They hold on to what they use, because it is out of reach after the scrub. */
export interface Probes {
  readonly [power: string]: () => unknown;
}

export function prepareProbes(): Probes {
  const require = createRequire(__filename);
  const parent = process.ppid;
  return {
    "read files": () => readFileSync("/proc/self/status"),
    "read its own code": () => readFileSync(__filename),
    "open SQLite databases": () => require("node:sqlite"),
    "signal its parent": () => process.kill(parent, 0),
    "open connections": () => tryConnect(),
  };
}

/** What this process can do although it must not. Empty in a process that is locked down. */
export async function findAllowed(probes: Probes): Promise<string[]> {
  const allowed: string[] = [];
  for (const [power, attempt] of Object.entries(probes)) {
    try {
      await attempt();
      allowed.push(power);
    } catch {
      // Denied, as it must be.
    }
  }
  return allowed;
}

/** A refused connection was an attempt that left the process; only a denied one never did. */
function tryConnect(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: 9 });
    socket.once("connect", resolve);
    socket.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "ERR_ACCESS_DENIED" ? reject(error) : resolve(),
    );
  });
}
