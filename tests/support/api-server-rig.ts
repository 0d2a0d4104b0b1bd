import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as tlsRequest } from "node:https";
import { createServingCredentials, type ServingCredentials } from "#devcluster/credentials/serving-credentials.ts";
import type { ApiServerDeps } from "#devcluster/http/ports.ts";
import { startApiServer, type ApiServer, type ApiServerOptions } from "#devcluster/http/server.ts";
import { systemClock } from "#kernel/clock.ts";
import { RecordingOperations } from "./recording-operations.ts";
import { RESOURCES } from "./served-resources.ts";

export interface ServerAnswer {
  readonly code: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  readonly bytes: Buffer;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A server over `RecordingOperations`, and a client that holds its token. */
export class ApiServerRig {
  readonly operations: RecordingOperations;
  readonly errors: unknown[];
  readonly server: ApiServer;
  readonly credentials: ServingCredentials | undefined;

  static async start(
    overrides: Partial<ApiServerDeps> = {},
    options: ApiServerOptions & { readonly tls?: boolean } = {},
  ): Promise<ApiServerRig> {
    const operations = new RecordingOperations();
    const errors: unknown[] = [];
    const deps: ApiServerDeps = {
      operations,
      resources: {
        find: ({ group, version, plural }) =>
          RESOURCES.find((one) => one.group === group && one.version === version && one.plural === plural),
        all: () => RESOURCES,
      },
      documents: () => undefined,
      tables: () => ({
        columns: [{ name: "Name", type: "string" }],
        row: ({ metadata }) => ({ cells: [metadata.name] }),
      }),
      decodeProtobuf: (bytes) => ({ metadata: { name: Buffer.from(bytes).subarray(4).toString() } }),
      clock: systemClock,
      onError: (error) => void errors.push(error),
      ...overrides,
    };
    const credentials = options.tls === false ? undefined : createServingCredentials({ clock: systemClock });
    return new ApiServerRig(operations, errors, credentials, await startApiServer(deps, { credentials, ...options }));
  }

  private constructor(
    operations: RecordingOperations,
    errors: unknown[],
    credentials: ServingCredentials | undefined,
    server: ApiServer,
  ) {
    this.operations = operations;
    this.errors = errors;
    this.credentials = credentials;
    this.server = server;
  }

  async ask(path: string, asked: Asked = {}): Promise<ServerAnswer> {
    const response = await this.open(path, asked);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    return { code: response.statusCode ?? 0, headers: response.headers, text: bytes.toString(), bytes };
  }

  /** The answer as soon as its headers are there. */
  open(path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<IncomingMessage> {
    const { credentials, server } = this;
    const own = credentials ? { authorization: `Bearer ${credentials.token}` } : {};
    // Node's client sends the body of a DELETE with no length at all.
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...own, ...length, ...headers }, agent: false };
    return new Promise((resolve, reject) => {
      const request = credentials
        ? tlsRequest(`${server.url}${path}`, { ...options, ca: credentials.ca }, resolve)
        : plainRequest(`${server.url}${path}`, options, resolve);
      request.once("error", reject);
      request.end(body);
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.close();
  }
}
