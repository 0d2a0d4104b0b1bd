import { isAbsolute, join } from "node:path";
import { elementsOf, fieldOf, isRecord, textOf, textsOf } from "#kernel/json-value.ts";
import { ClusterConfigError } from "../cluster-config-error.ts";
import type { ClusterEntry, ExecEntry, Impersonation, PemSource, UserEntry } from "../cluster-config.ts";

const EXEC_EXTENSION = "client.authentication.k8s.io/exec";

export function readCluster(entry: unknown, folder: string, file: string): ClusterEntry {
  const name = textOf(entry, "name") ?? "";
  const cluster = fieldOf(entry, "cluster");
  const extension = elementsOf(cluster, "extensions").find((one) => textOf(one, "name") === EXEC_EXTENSION);
  return {
    name,
    server: readServer(textOf(cluster, "server") ?? "", name, file),
    ca: readPem(cluster, "certificate-authority", folder),
    insecureSkipTlsVerify: fieldOf(cluster, "insecure-skip-tls-verify") === true,
    tlsServerName: textOf(cluster, "tls-server-name"),
    proxyUrl: textOf(cluster, "proxy-url"),
    execConfig: fieldOf(extension, "extension"),
  };
}

export function readUser(entry: unknown, folder: string): UserEntry {
  const user = fieldOf(entry, "user");
  const provider = fieldOf(user, "auth-provider");
  const config = fieldOf(provider, "config");
  const tokenFile = textOf(user, "tokenFile") ?? textOf(user, "token-file") ?? textOf(config, "tokenFile");
  const username = textOf(user, "username") ?? "";
  const cert = readPem(user, "client-certificate", folder);
  const key = readPem(user, "client-key", folder);
  return {
    name: textOf(entry, "name") ?? "",
    token: textOf(user, "token"),
    tokenFile: tokenFile === undefined ? undefined : absolute(folder, tokenFile),
    basic: username === "" ? undefined : { username, password: textOf(user, "password") ?? "" },
    certificate: cert && key ? { cert, key } : undefined,
    exec: readExec(fieldOf(user, "exec"), folder),
    authProvider:
      isRecord(provider) && tokenFile === undefined
        ? { name: textOf(provider, "name") ?? "", config: isRecord(config) ? config : {} }
        : undefined,
    impersonate: readImpersonation(user),
  };
}

function readServer(server: string, cluster: string, file: string): string {
  const fact = serverProblem(server);
  if (fact === undefined) return server.replace(/\/+$/, "");
  throw new ClusterConfigError(`Cannot use cluster "${cluster}" of "${file}": ${fact}`);
}

function serverProblem(server: string): string | undefined {
  if (server === "") return "it has no server";
  const url = URL.parse(server);
  // Records and messages name the server.
  if (url && (url.username !== "" || url.password !== "")) {
    return "its server has a user or a password in it. Write them as username and password of the kubeconfig's user";
  }
  return url?.protocol === "https:" || url?.protocol === "http:"
    ? undefined
    : `its server "${server}" is no http(s) URL`;
}

/** `NAME-data` wins over `NAME`, as for kubectl. */
function readPem(record: unknown, key: string, folder: string): PemSource | undefined {
  const data = textOf(record, `${key}-data`) ?? "";
  if (data !== "") return { type: "data", pem: Buffer.from(data, "base64").toString() };
  const path = textOf(record, key) ?? "";
  return path === "" ? undefined : { type: "file", path: absolute(folder, path) };
}

function readExec(exec: unknown, folder: string): ExecEntry | undefined {
  const command = textOf(exec, "command");
  if (command === undefined) return undefined;
  const env = elementsOf(exec, "env").map((one) => [textOf(one, "name") ?? "", textOf(one, "value") ?? ""] as const);
  return {
    apiVersion: textOf(exec, "apiVersion") ?? "client.authentication.k8s.io/v1",
    // Only a command with a slash is a path: others are looked up in PATH.
    command: /[/\\]/.test(command) ? absolute(folder, command) : command,
    args: textsOf(exec, "args"),
    env: Object.fromEntries(env),
    installHint: textOf(exec, "installHint"),
    interactiveMode: textOf(exec, "interactiveMode"),
    provideClusterInfo: fieldOf(exec, "provideClusterInfo") === true,
  };
}

function readImpersonation(user: unknown): Impersonation | undefined {
  const name = textOf(user, "as") ?? "";
  if (name === "") return undefined;
  const extra = fieldOf(user, "as-user-extra");
  return {
    user: name,
    uid: textOf(user, "as-uid"),
    groups: textsOf(user, "as-groups"),
    extra: Object.fromEntries(Object.keys(isRecord(extra) ? extra : {}).map((key) => [key, textsOf(extra, key)])),
  };
}

function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
