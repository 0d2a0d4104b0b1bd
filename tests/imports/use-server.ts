import { createServer } from "node:http";
import { once } from "node:events";

/** What the uses of packages speak to: it says what the real services would. */
export async function openUseServer(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { status, body } = answerTo(request.url ?? "", Buffer.concat(parts).toString());
      const type = body.startsWith("{") ? "application/json" : "text/plain";
      response.writeHead(status, { "content-type": type }).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const ANSWERS: Readonly<Record<string, object>> = {
  "/slack/chat.postMessage": { ok: true },
  "/repos/acme/shop": { name: "shop" },
  "/openai/chat/completions": { choices: [{ message: { role: "assistant", content: "hi" } }] },
};

function answerTo(url: string, body: string): { readonly status: number; readonly body: string } {
  const [path = ""] = url.split("?");
  if (path === "/absent") return { status: 404, body: "{}" };
  if (path === "/echo") return { status: 200, body };
  if (path === "/ok") return { status: 200, body: "ok" };
  return { status: 200, body: JSON.stringify(ANSWERS[path] ?? {}) };
}
