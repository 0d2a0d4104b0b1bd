import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { suite, test } from "node:test";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { FetchRig } from "../../support/fetch-rig.ts";

const NAMES = { "a.example": [["127.0.0.1"]] };
const MIB = 2 ** 20;
/** Far below what they send, far above what is kept of it. */
const MEMORY_BYTES = 96 * MIB;

/** Asks a server that writes whatever it likes, and says how much memory that took. */
async function ask(answer: (socket: Socket) => void): Promise<{ readonly error: Error; readonly grownBytes: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await using rig = new FetchRig({ allow: [`http://a.example:${port}`], names: NAMES, classOf: () => "public" });
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  try {
    await rig.fetch(`http://a.example:${port}/`);
    throw new Error("it was answered");
  } catch (error) {
    assert.ok(error instanceof Error);
    return { error, grownBytes: most - before };
  } finally {
    clearInterval(watch);
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Writes chunks for as long as the other side takes them. */
function flood(socket: Socket, chunk: Buffer | string, times = Infinity): void {
  let left = times;
  const write = (): void => {
    while (!socket.destroyed && left-- > 0) if (!socket.write(chunk)) return void socket.once("drain", write);
    socket.end();
  };
  write();
}

suite("answers of a hostile server fail, and the host's memory stays flat", () => {
  test("a body of 200 MB", async () => {
    const { error, grownBytes } = await ask((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${200 * MIB}\r\n\r\n`);
      flood(socket, Buffer.alloc(MIB), 200);
    });
    assert.match(error.message, /^Cannot fetch a\.example:\d+: its answer has more than 4194304 bytes$/);
    assert.ok(grownBytes < MEMORY_BYTES, `${grownBytes} bytes`);
  });

  test("a body that never ends", async () => {
    const { error, grownBytes } = await ask((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      flood(socket, `10000\r\n${"x".repeat(65_536)}\r\n`);
    });
    assert.match(error.message, /more than 4194304 bytes/);
    assert.ok(grownBytes < MEMORY_BYTES, `${grownBytes} bytes`);
  });

  for (const [encoding, compressor] of [
    ["gzip", () => createGzip()],
    ["br", () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const) {
    test(`a bomb in ${encoding}`, async () => {
      const { error, grownBytes } = await ask((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\n\r\n`);
        const bomb = compressor();
        bomb.pipe(socket);
        const zeros = Buffer.alloc(MIB);
        for (let count = 0; count < 300; count++) bomb.write(zeros);
        bomb.end();
      });
      assert.match(error.message, /more than 4194304 bytes/);
      // The server's own 300 MiB are the same buffer again and again.
      assert.ok(grownBytes < MEMORY_BYTES, `${grownBytes} bytes`);
    });
  }

  test("a flood of headers, in one head or in many of them", async () => {
    const one = await ask((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      flood(socket, `x-many: ${"y".repeat(1_000)}\r\n`, 100_000);
    });
    assert.match(one.error.message, /^Cannot fetch .*: the headers of its answer are too large$/);
    const informational = await ask((socket) =>
      flood(socket, "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", 200_000),
    );
    assert.match(informational.error.message, /^Cannot fetch /);
    assert.ok(Math.max(one.grownBytes, informational.grownBytes) < MEMORY_BYTES);
  });

  test("a body that is not what its encoding says", async () => {
    const { error } = await ask((socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nplain"),
    );
    assert.match(error.message, /^Cannot fetch a\.example:\d+: its body is not what its content-encoding says$/);
  });

  test("a body that ends before its length", async () => {
    const { error } = await ask((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"));
    assert.match(error.message, /: the connection was closed before its answer was complete$/);
  });

  test("what is no HTTP", async () => {
    const { error } = await ask((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    assert.match(error.message, /: its answer is no HTTP\. Check scheme and port of the URL$/);
  });
});
