import { join } from "node:path";
import { Child } from "../child.ts";

/** The replay server as a process of its own, so that its work is not measured. */
export class ReplayServer implements AsyncDisposable {
  readonly url: string;
  readonly podBytes: number;
  readonly #child: Child;

  private constructor(child: Child, url: string, podBytes: number) {
    this.#child = child;
    this.url = url;
    this.podBytes = podBytes;
  }

  static async start(pods: number): Promise<ReplayServer> {
    const child = new Child([join(import.meta.dirname, "server.ts"), String(pods)]);
    const [url = "", podBytes] = (await child.firstLine).split(" ");
    return new ReplayServer(child, url, Number(podBytes));
  }

  /** @param intervalMs between two updates; 0: as fast as they are read */
  async update(events: number, intervalMs = 0): Promise<void> {
    await fetch(`${this.url}/start?events=${events}&intervalMs=${intervalMs}`, { method: "POST" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stop();
  }
}
