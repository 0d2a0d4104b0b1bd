import Module from "node:module";

/** Powers that `--permission` does not cover: signals to the host, other modules, facts about the machine. */
const PROCESS_POWERS = [
  "_debugEnd",
  "_debugProcess",
  "_getActiveHandles",
  "_getActiveRequests",
  "_kill",
  "_linkedBinding",
  "_rawDebug",
  "_startProfilerIdleNotifier",
  "abort",
  "availableMemory",
  "binding",
  "channel",
  "chdir",
  "constrainedMemory",
  "disconnect",
  "dlopen",
  "execve",
  "getBuiltinModule",
  "initgroups",
  "kill",
  "loadEnvFile",
  "mainModule",
  "moduleLoadList",
  "openStdin",
  "report",
  "send",
  "setSourceMapsEnabled",
  "setegid",
  "seteuid",
  "setgid",
  "setgroups",
  "setuid",
  "umask",
];

const GLOBAL_POWERS = [
  "BroadcastChannel",
  "EventSource",
  "MessageChannel",
  "SharedArrayBuffer",
  "WebSocket",
  "Worker",
  "fetch",
  "gc",
  "localStorage",
  "navigator",
  "sessionStorage",
];

const PERMISSION_SCOPES = ["fs.read", "fs.write", "net", "child", "worker", "wasi", "addon", "inspector", "ffi"];

/** Takes from this process what a handler that has broken out of its engine could use. Runs before any of the handler's bytes arrive. */
export function scrub(): void {
  for (const name of PROCESS_POWERS) remove(process, name);
  stopModuleLoading();
  for (const name of GLOBAL_POWERS) remove(globalThis, name);
  for (const scope of PERMISSION_SCOPES) dropPermission(scope);
}

function remove(target: object, name: string): void {
  if (Reflect.deleteProperty(target, name) && Reflect.get(target, name) === undefined) return;
  Reflect.defineProperty(target, name, { value: undefined, writable: false, configurable: false });
}

function stopModuleLoading(): void {
  const refuse = (): never => {
    throw new Error("module loading is off");
  };
  Module.registerHooks({ resolve: refuse, load: refuse });
  Reflect.set(Module, "_load", refuse);
  Reflect.set(Module, "createRequire", refuse);
  Reflect.set(Module.prototype, "require", refuse);
}

/** `process.permission.drop` is newer than its types. Dropping what was never granted is no error. */
function dropPermission(scope: string): void {
  const permission: unknown = process.permission;
  if (typeof permission !== "object" || permission === null) return;
  const drop: unknown = Reflect.get(permission, "drop");
  if (typeof drop === "function") Reflect.apply(drop, permission, [scope]);
}
