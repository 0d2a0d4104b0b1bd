/** What the HTTP front needs of the other parts of the server. */
import type { Clock } from "#kernel/clock.ts";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import type { ApiOperations } from "../operations/api-operations.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import type { Interceptor } from "./interceptor.ts";
import type { MediaType } from "./request/media-type.ts";

/** Below it is what this server has beyond the API. */
export const CONTROL_PATH = "/_embedded/";

export interface ApiServerDeps {
  readonly operations: ApiOperations;
  readonly resources: ServedResources;
  /** Discovery, OpenAPI: `undefined` for a path that is none of its own. */
  readonly documents: (request: DocumentRequest) => ServedDocument | undefined;
  readonly tables: (resource: ServedResource) => TableForm;
  /** Reads a body of `application/vnd.kubernetes.protobuf`. Throws `StatusError`. */
  readonly decodeProtobuf: (bytes: Uint8Array, expected: { apiVersion: string; kind: string }) => JsonRecord;
  readonly interceptor?: Interceptor | undefined;
  /** Answers requests below `CONTROL_PATH`. Throws `StatusError`. */
  readonly control?: Control | undefined;
  readonly clock: Clock;
  /** Hears what should not have happened; the client hears it as a 500. */
  readonly onError: (error: unknown) => void;
}

export type Control = (request: ControlRequest) => Promise<JsonRecord>;

export interface ControlRequest {
  readonly method: string;
  /** For example `/_embedded/faults`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: () => Promise<Buffer>;
}

export interface ServedResources {
  find(address: {
    readonly group: string;
    readonly version: string;
    readonly plural: string;
  }): ServedResource | undefined;
  all(): readonly ServedResource[];
}

export interface DocumentRequest {
  /** For example `/apis/apps/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the client takes, the best first. Empty: anything. */
  readonly accept: readonly MediaType[];
}

export interface ServedDocument {
  /** Complete, with its parameters. */
  readonly contentType: string;
  readonly body: JsonRecord | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How `kubectl get` shows the objects of one resource. */
export interface TableForm {
  /** TableColumnDefinitions. */
  readonly columns: readonly JsonRecord[];
  row(object: ApiObject): TableRow;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly conditions?: readonly JsonRecord[];
}
