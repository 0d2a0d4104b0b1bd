/** Why a port cannot be had, for people. */
export function listenFailure(error: unknown, address: string): string {
  const fact = FACTS[codeOf(error)] ?? String(error instanceof Error ? error.message : error);
  return `Cannot listen on "${address}": ${fact}. Name another address with --listen, or none.`;
}

const FACTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has this port",
  EACCES: "this user may not use this port",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "no host of this name is known",
  EAI_AGAIN: "the host's name cannot be looked up now",
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
