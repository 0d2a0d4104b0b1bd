import type { Server, Socket } from "node:net";

/** The TCP connections of a server. Under TLS a request has only the encrypted socket, which cannot send a RST. */
export class Connections {
  /** By the client's port: all come from this machine to one port. */
  readonly #sockets = new Map<number, Socket>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      const { remotePort } = socket;
      if (remotePort === undefined) return;
      this.#sockets.set(remotePort, socket);
      socket.once("close", () => {
        if (this.#sockets.get(remotePort) === socket) this.#sockets.delete(remotePort);
      });
    });
  }

  /** Closes the connection that a request came on; `reset`: with a RST, so that the client's read fails at once. */
  hangUp(socket: Socket | null, reset: boolean): void {
    if (!socket || socket.destroyed) return;
    if (!reset) return void socket.destroy();
    const own = socket.remotePort === undefined ? undefined : this.#sockets.get(socket.remotePort);
    (own ?? socket).resetAndDestroy();
  }
}
