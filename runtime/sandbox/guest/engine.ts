import type { createHostFunctions } from "./host-functions.ts";

/** What runs a handler's code. Everything around it is the same for all: the process, its locks and the code of `realm/`. */
export interface Engine {
  readonly realm: RealmModule;
  /** Evaluates a CommonJS program and returns what it exports. */
  run(code: string, file: string): unknown;
}

/** What `realm/main.ts` exports. Every call may cross a bridge between realms, so only text and numbers are passed. */
export interface RealmModule {
  start(host: ReturnType<typeof createHostFunctions>): RealmEntries;
}

export interface RealmEntries {
  readonly receive: (text: string) => void;
  readonly fire: (timer: number) => void;
  readonly adopt: (exports: unknown) => void;
  readonly failLoad: (thrown: unknown) => void;
}

/** The name of the code of `realm/` in stacks. */
export const REALM_FILE = "informd-realm.js";
