import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { suite, test } from "node:test";
import { gzipSync, brotliCompressSync, deflateRawSync, deflateSync } from "node:zlib";
import { FetchRig, textOf } from "../../support/fetch-rig.ts";
import { WebServer } from "../../support/web-server.ts";

const NAMES = { "a.example": [["127.0.0.1"]], "b.example": [["127.0.0.1"]] };
const MIB = 2 ** 20;

/** A server that a handler may ask, by the names a.example and b.example, and `fetch` for it. */
class World implements AsyncDisposable {
  readonly server: WebServer;
  readonly rig: FetchRig;

  private constructor(server: WebServer) {
    this.server = server;
    const allow = ["a.example", "b.example"].map((host) => `http://${host}:${server.port}`);
    this.rig = new FetchRig({ allow, names: NAMES, classOf: () => "public" });
  }

  static async open(answer: RequestListener): Promise<World> {
    return new World(await WebServer.open(answer));
  }

  url(path = "/", host = "a.example"): string {
    return `http://${host}:${this.server.port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
  }
}

suite("fetch, as the host does it", () => {
  test("sends method, headers and body, and gives back status, headers and body", async () => {
    await using world = await World.open(async (request, response) => {
      const body = (await Array.fromAsync(request)).join("");
      response.writeHead(201, "Made", { "x-one": "1", "set-cookie": ["a=1", "b=2"] });
      response.end(`${request.headers["content-type"]} ${body}`);
    });
    const headers = [
      ["content-type", "application/json"],
      ["authorization", "Bearer mine"],
    ];
    const body = Buffer.from('{"a":1}').toString("base64");
    const answer = await world.rig.fetch(world.url("/hook?x=1#part"), { method: "POST", headers, body });
    assert.deepEqual([answer.status, answer.statusText, answer.redirected], [201, "Made", false]);
    assert.equal(answer.url, world.url("/hook?x=1"));
    assert.equal(textOf(answer), 'application/json {"a":1}');
    const cookies = answer.headers.filter(([name]) => name === "set-cookie");
    assert.deepEqual(cookies, [
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    assert.equal(world.server.heads[0]?.headers.authorization, "Bearer mine");
  });

  test("adds no credential, and makes the connection's headers itself", async () => {
    await using world = await World.open((_request, response) => response.end());
    const headers = [
      ["host", "evil.example"],
      ["connection", "upgrade"],
      ["upgrade", "h2c"],
      ["transfer-encoding", "chunked"],
      ["content-length", "5"],
      ["proxy-authorization", "Basic x"],
      ["te", "trailers"],
      ["x-mine", "1"],
    ];
    await world.rig.fetch(world.url(), { headers });
    assert.deepEqual(world.server.heads[0]?.headers, {
      host: `a.example:${world.server.port}`,
      connection: "keep-alive",
      accept: "*/*",
      "user-agent": "informd",
      "accept-encoding": "gzip, deflate, br",
      "x-mine": "1",
    });
  });

  test("decodes what is compressed", async () => {
    const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
    await using world = await World.open((request, response) => {
      const encoding = (request.url ?? "").slice(1) as keyof typeof encoders;
      response.setHeader("content-encoding", encoding).end(encoders[encoding]("text"));
    });
    for (const encoding of Object.keys(encoders)) {
      const answer = await world.rig.fetch(world.url(`/${encoding}`));
      assert.equal(textOf(answer), "text");
      assert.ok(answer.headers.every(([name]) => name !== "content-encoding" && name !== "content-length"));
    }
  });

  test("decodes deflate also without the header of zlib, and nothing where there is no body", async () => {
    await using world = await World.open((request, response) => {
      const [, path = ""] = (request.url ?? "").split("/");
      response.setHeader("content-encoding", path === "raw" ? "deflate" : "gzip");
      if (path === "raw") return response.end(deflateRawSync("text"));
      if (path === "200") return response.setHeader("content-length", gzipSync("text").length).end();
      return response.writeHead(Number(path)).end();
    });
    assert.equal(textOf(await world.rig.fetch(world.url("/raw"))), "text");
    for (const [path, method] of [
      ["/200", "HEAD"],
      ["/204", "GET"],
      ["/304", "GET"],
      ["/404", "GET"],
    ] as const) {
      const answer = await world.rig.fetch(world.url(path), { method });
      assert.deepEqual([answer.status, textOf(answer)], [Number(path.slice(1)), ""]);
      assert.ok(answer.headers.some(([name, value]) => name === "content-encoding" && value === "gzip"));
    }
  });

  test("a redirect to what is no URL is the server's fault, and the message does not say where to", async () => {
    await using world = await World.open((_request, response) =>
      response.writeHead(302, { location: "http://[/secret" }).end(),
    );
    await assert.rejects(world.rig.fetch(world.url()), {
      name: "TypeError",
      code: "REDIRECT",
      message: `Cannot fetch a.example:${world.server.port}: it redirects to what is no URL`,
    });
  });

  test("an answer after a redirect to the same URL was redirected", async () => {
    let asked = 0;
    await using world = await World.open((_request, response) =>
      response.writeHead(asked++ === 0 ? 302 : 200, { location: "/same" }).end(),
    );
    const { redirected, url } = await world.rig.fetch(world.url("/same"));
    assert.deepEqual([redirected, url], [true, world.url("/same")]);
  });

  test("follows redirects, with the method that the standard says", async () => {
    await using world = await World.open(async (request, response) => {
      const status = Number((request.url ?? "").slice(1));
      if (status > 0) return response.writeHead(status, { location: "/" }).end();
      const body = (await Array.fromAsync(request)).join("");
      return response.end(`${request.method} ${request.headers["content-type"] ?? "-"} ${body}`);
    });
    const headers = [["content-type", "text/plain"]];
    const body = Buffer.from("sent").toString("base64");
    const told: Record<number, string> = {};
    for (const status of [301, 302, 303, 307, 308]) {
      const answer = await world.rig.fetch(world.url(`/${status}`), { method: "POST", headers, body });
      assert.deepEqual([answer.redirected, answer.url], [true, world.url("/")]);
      told[status] = textOf(answer);
    }
    const [asGet, asPost] = ["GET - ", "POST text/plain sent"];
    assert.deepEqual(told, { 301: asGet, 302: asGet, 303: asGet, 307: asPost, 308: asPost });
  });

  test("takes a handler's credentials to no other origin", async () => {
    await using world = await World.open((request, response) => {
      const isFirst = request.headers.host?.startsWith("a.example");
      if (isFirst) response.writeHead(302, { location: world.url("/there", "b.example") });
      response.end();
    });
    const headers = [
      ["authorization", "Bearer mine"],
      ["cookie", "a=1"],
      ["x-mine", "1"],
    ];
    await world.rig.fetch(world.url(), { headers });
    const [first, second] = world.server.heads.map(({ headers: { authorization, cookie, "x-mine": mine } }) => [
      authorization,
      cookie,
      mine,
    ]);
    assert.deepEqual(
      [first, second],
      [
        ["Bearer mine", "a=1", "1"],
        [undefined, undefined, "1"],
      ],
    );
  });

  test("stops at the twenty-first redirect, and at the first one if it is told to", async () => {
    await using world = await World.open((_request, response) => response.writeHead(302, { location: "/again" }).end());
    await assert.rejects(world.rig.fetch(world.url()), /it was redirected more than 20 times/);
    assert.equal(world.server.asked.length, 21);
    await assert.rejects(world.rig.fetch(world.url(), { redirect: "error" }), { code: "REDIRECT", name: "TypeError" });
    const manual = await world.rig.fetch(world.url(), { redirect: "manual" });
    assert.deepEqual([manual.status, manual.redirected], [302, false]);
  });

  test("fails as WHATWG's fetch does when nobody answers, with host and code", async () => {
    await using world = await World.open((request) => request.socket.destroy());
    await assert.rejects(world.rig.fetch(world.url()), {
      name: "TypeError",
      message: /^Cannot fetch a\.example:\d+: the connection was closed before its answer was complete$/,
    });
    await using other = new FetchRig({ allow: ["nowhere.example"] });
    await assert.rejects(other.fetch("https://nowhere.example/"), { name: "TypeError", code: "ENOTFOUND" });
  });

  test("ends with the run", async () => {
    const asked = Promise.withResolvers<void>();
    await using world = await World.open(() => asked.resolve());
    const answer = world.rig.fetch(world.url());
    await asked.promise;
    world.rig.stop.abort(new Error("the deadline has passed"));
    await assert.rejects(answer, /the deadline has passed/);
  });

  test("has at most eight requests of a handler on their way", async () => {
    let open = 0;
    let most = 0;
    await using world = await World.open((_request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() =>
        setImmediate(() => {
          open--;
          response.end();
        }),
      );
    });
    await Promise.all(Array.from({ length: 30 }, () => world.rig.fetch(world.url())));
    assert.ok(most <= 8 && most > 1, `${most} at once`);
  });

  test("a request that waits for the others is over as soon as its handler has given it up", async () => {
    const allThere = Promise.withResolvers<void>();
    let asked = 0;
    await using world = await World.open(() => void (++asked === 8 && allThere.resolve()));
    const stuck = Promise.allSettled(Array.from({ length: 8 }, () => world.rig.fetch(world.url())));
    await allThere.promise;
    const givenUp = new AbortController();
    const waiting = world.rig.fetch(world.url("/late"), {}, givenUp.signal);
    givenUp.abort(new Error("the handler has cancelled it"));
    await assert.rejects(waiting, /the handler has cancelled it/);
    world.rig.stop.abort(new Error("the deadline has passed"));
    await stuck;
    assert.ok(!world.server.asked.includes("GET /late"));
  });

  const WRONG: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ["", {}, /the URL is ""; it must be a text that is not empty/],
    ["hooks.example/T0/secret", {}, /the URL does not begin with "https:\/\/" or "http:\/\/" and a host$/],
    ["https://[/secret", {}, /the URL has no host that can be read$/],
    [`https://a.example/${"x".repeat(16_384)}`, {}, /the URL has 16402 characters, the limit is 16384$/],
    ["https://a.example/", { method: "CONNECT" }, /"CONNECT" is no method for it/],
    ["https://a.example/", { method: "GET\r\nX: y" }, /is no method for it/],
    [
      "https://a.example/",
      { headers: [["a\r\nb", "c"]] },
      /the name of a header is empty or has characters that none may have$/,
    ],
    [
      "https://a.example/",
      { headers: [["a", "b\r\nInjected: c"]] },
      /the header "a" has a line end, a NUL or a character that is no byte$/,
    ],
    [
      "https://a.example/",
      { headers: Array.from({ length: 101 }, () => ["a", "b"]) },
      /it has 101 headers, the limit is 100$/,
    ],
    [
      "https://a.example/",
      { headers: [["a", "b".repeat(16_384)]] },
      /its headers have 16385 characters, the limit is 16384$/,
    ],
    ["https://a.example/", { headers: ["ab"] }, /a header is no pair of texts$/],
    ["https://a.example/", { headers: "x" }, /the headers are no list/],
    [
      "https://a.example/",
      { body: Buffer.alloc(4 * MIB + 1).toString("base64") },
      /the body has 4194305 bytes, the limit is 4194304/,
    ],
    ["https://a.example/", { redirect: "sometimes" }, /redirect is "sometimes"/],
  ];

  test("nothing of a request is read when no entry allows it", async () => {
    await using rig = new FetchRig({ allow: [] });
    await assert.rejects(rig.fetch("https://a.example/secret", { headers: "x", method: "CONNECT", body: 1 }), {
      code: "NOT_ALLOWED",
    });
    assert.deepEqual(
      rig.refused.map(({ url }) => url),
      ["https://a.example"],
    );
  });

  for (const [url, request, message] of WRONG) {
    test(`refuses ${url.slice(0, 30)} with ${JSON.stringify(request).slice(0, 50)} and says what is wrong`, async () => {
      await using rig = new FetchRig({ allow: ["a.example"] });
      await assert.rejects(rig.fetch(url, request), { code: "BAD_CALL", message });
    });
  }
});
