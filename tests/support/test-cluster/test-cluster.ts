import type { User } from "../kube-api-server.ts";
import type { ClusterVerbs } from "./cluster-verbs.ts";

/** An API server for the tests of one file: the embedded one in this process, or a real kube-apiserver. */
export interface TestCluster extends ClusterVerbs {
  /** Where clients reach it, unless it is cut off. */
  readonly url: string;
  /** Of an administrator. */
  readonly kubeconfigPath: string;
  /** The administrator's. */
  readonly token: string;
  /** For files of the tests. Removed at the end. */
  readonly folder: string;
  /** @param user what a kubeconfig says under `user`, for example `{ token }` or `{ exec }` */
  createKubeconfig(name: string, user: object): string;
  /** Breaks every connection of clients and refuses new ones. The verbs still work. */
  cut(): void;
  mend(): void;
  /** Breaks every connection, and is back with the same objects. */
  restart(): Promise<void>;
  /** Watches and pages that lean on the history up to now get 410. Breaks every connection. */
  forgetHistory(): Promise<void>;
  /** What clients have asked for, of a resource by its plural. */
  asked(plural: string): Promise<Asked>;
  /** Without any right. Throws on the embedded server, which knows no rights. */
  addUser(): User;
  stop(): Promise<void>;
}

export interface Asked {
  readonly lists: number;
  /** That run now. */
  readonly watches: number;
}
