import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { FetchRig } from "../../support/fetch-rig.ts";
import { WebServer } from "../../support/web-server.ts";

/** Every way to say where no handler may go. `PORT` is a server's that would answer. */
const FORBIDDEN_URLS = [
  "http://127.0.0.1:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://127.255.255.254:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f000001:PORT/",
  "http://0x7f.1:PORT/",
  "http://0X7F.0.0.0x1:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://017700000001:PORT/",
  "http://127.0.0.1.:PORT/",
  "http://%31%32%37.0.0.1:PORT/",
  "http://①②⑦.⓪.⓪.①:PORT/",
  "http://１２７.0.0.1:PORT/",
  "http://127。0。0。1:PORT/",
  "http:\\\\127.0.0.1:PORT\\",
  "http:127.0.0.1:PORT",
  "http:/127.0.0.1:PORT/",
  "\thttp://127.0.0.1:PORT/\n",
  "ht\ntp://127.0.\t0.1:PORT/",
  "HTTP://127.0.0.1:PORT/",
  "http://0:PORT/",
  "http://0.0.0.0:PORT/",
  "http://0x0:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[64:ff9b::7f00:1]:PORT/",
  "http://[2002:7f00:1::]:PORT/",
  "http://localhost:PORT/",
  "http://LOCALHOST:PORT/",
  "http://localhost.:PORT/",
  "http://LocalHost..:PORT/",
  "http://app.localhost:PORT/",
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/latest/meta-data/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://169.254.43518/",
  "http://[::ffff:169.254.169.254]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[fe80::1]:PORT/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
];

/** Names of others that lead there, by what they resolve to. */
const FORBIDDEN_NAMES: Readonly<Record<string, readonly string[]>> = {
  "loopback.example": ["127.0.0.1"],
  "loopback6.example": ["::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "metadata.google.internal": ["169.254.169.254"],
  "link-local.example": ["fe80::1"],
  "unspecified.example": ["0.0.0.0"],
  "127.0.0.1.nip.example": ["127.0.0.1"],
  "both.example": ["203.0.113.7", "127.0.0.1"],
  "first-good.example": ["93.184.215.14", "127.0.0.1"],
};

const NOT_HTTP = [
  "file:///etc/passwd",
  "ftp://a.example/",
  "ws://a.example/",
  "data:text/plain,hi",
  "blob:null/1",
  "gopher://a.example/",
];

suite("requests to where no handler may go", () => {
  let server: WebServer;
  let server6: WebServer;

  before(async () => {
    server = await WebServer.open((_request, response) => response.end("reached"));
    server6 = await WebServer.open((_request, response) => response.end("reached"), "::1");
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
    await server6[Symbol.asyncDispose]();
  });

  /** The entry that names just this, with scheme and port. */
  function namedBy(url: string): string {
    const { hostname, port, protocol } = new URL(url);
    return `${protocol}//${hostname.replace(/\.+$/, "")}:${port || "80"}`;
  }

  async function isRefused(rig: FetchRig, url: string): Promise<void> {
    await assert.rejects(rig.fetch(url), { name: "NotAllowedError", code: "NOT_ALLOWED" });
    assert.equal(rig.refused.length, 1);
    assert.deepEqual([...server.asked, ...server6.asked], []);
  }

  for (const url of FORBIDDEN_URLS) {
    test(`${JSON.stringify(url)} is refused although allow.fetch names it`, async () => {
      const { port } = url.includes("[") ? server6 : server;
      const target = url.replace("PORT", String(port));
      await using rig = new FetchRig({ allow: [namedBy(target)] });
      await isRefused(rig, target);
    });
  }

  for (const [name, addresses] of Object.entries(FORBIDDEN_NAMES)) {
    test(`${name}, which resolves to ${addresses.join(" and ")}, is refused although allow.fetch names it`, async () => {
      const url = `http://${name}:${server.port}/`;
      await using rig = new FetchRig({ allow: [namedBy(url), "*.nip.example"], names: { [name]: [addresses] } });
      await isRefused(rig, url);
    });
  }

  test("a name is resolved once for a connection, and refused when it has turned by the next one", async () => {
    await using good = await WebServer.open((_request, response) =>
      response.writeHead(200, { connection: "close" }).end(),
    );
    const url = `http://rebinding.example:${good.port}/`;
    const names = { "rebinding.example": [["127.0.0.1"], ["127.0.0.2"]] };
    const classOf = (address: string) => (address === "127.0.0.1" ? "public" : "forbidden");
    await using rig = new FetchRig({ allow: [namedBy(url)], names, classOf });
    assert.equal((await rig.fetch(url)).status, 200);
    await isRefused(rig, url);
    assert.deepEqual(good.asked, ["GET /"]);
  });

  for (const url of NOT_HTTP) {
    test(`${url} has no scheme for fetch`, async () => {
      await using rig = new FetchRig({ allow: ["a.example"] });
      await assert.rejects(rig.fetch(url), /is no scheme for fetch; use https/);
    });
  }

  test("a URL with credentials is refused, also of a host that is allowed", async () => {
    for (const url of ["https://user:secret@a.example/", "https://user@a.example/", "https://:secret@a.example/"]) {
      await using rig = new FetchRig({ allow: ["a.example"] });
      await assert.rejects(rig.fetch(url), /its URL has credentials; send them in a header/);
      assert.doesNotMatch(JSON.stringify(rig.refused), /secret/);
    }
  });

  test("the API server is refused by its name, by its address and by another name of it", async () => {
    const names = {
      "api.example": [["93.184.215.14"]],
      "alias.example": [["93.184.215.14"]],
      "mapped.example": [["::ffff:93.184.215.14"]],
      "translated.example": [["64:ff9b::10.96.0.1"]],
    };
    const apiServers = ["api.example", "10.96.0.1"];
    for (const url of [
      "https://api.example:6443/",
      "https://API.example.:6443/",
      "https://alias.example:6443/",
      "https://93.184.215.14:6443/",
      "https://10.96.0.1:443/api",
      "https://[::ffff:10.96.0.1]/api",
      "https://[64:ff9b::a60:1]/api",
      "https://mapped.example:6443/",
      "https://translated.example/",
    ]) {
      await using rig = new FetchRig({
        allow: [`https://${new URL(url).hostname}:${new URL(url).port || "443"}`],
        names,
        apiServers,
      });
      await assert.rejects(rig.fetch(url), /API server's; use kube/);
    }
  });

  test("a private network is reached only by an entry that names host, scheme and port", async () => {
    const names = { "hooks.ops.svc": [["127.0.0.1"]] };
    const classOf = () => "private" as const;
    const url = `http://hooks.ops.svc:${server.port}/`;
    for (const allow of [["*.ops.svc"], [`hooks.ops.svc:${server.port}`], [`http://*.ops.svc:${server.port}`]]) {
      await using rig = new FetchRig({ allow, names, classOf });
      await assert.rejects(rig.fetch(url), new RegExp(`Add "http://hooks.ops.svc:${server.port}" to allow.fetch`));
    }
    assert.deepEqual(server.asked, []);
    await using rig = new FetchRig({ allow: [`http://hooks.ops.svc:${server.port}`], names, classOf });
    assert.equal((await rig.fetch(url)).status, 200);
    server.asked.length = 0;
  });

  test("what no entry names is refused with the entry to add, before its name is resolved", async () => {
    await using rig = new FetchRig({ allow: ["a.example", "*.b.example", "http://c.example"] });
    const refused: Readonly<Record<string, string>> = {
      "https://other.example/path?token=1": "other.example",
      "https://a.example.evil.example/": "a.example.evil.example",
      "https://evila.example/": "evila.example",
      "https://sub.a.example/": "sub.a.example",
      "https://b.example/": "b.example",
      "https://a.example:8443/": "a.example:8443",
      "http://a.example/": "http://a.example",
      "https://c.example/": "c.example",
      "https://а.example/": "xn--80a.example",
      "https://93.184.215.14/": "93.184.215.14",
    };
    for (const [url, entry] of Object.entries(refused)) {
      await assert.rejects(rig.fetch(url), (error: Error) => error.message.endsWith(`Add "${entry}" to allow.fetch`));
    }
    assert.doesNotMatch(JSON.stringify(rig.refused), /token/);
  });

  test("what no entry names and none can allow is refused without an entry to add", async () => {
    await using rig = new FetchRig({ allow: ["a.example"], apiServers: ["api.example", "10.96.0.1"] });
    for (const [url, fact] of [
      ["http://127.0.0.1:8080/", /host's own, of its link, or reserved; no handler reaches those$/],
      ["http://[::1]:8080/", /host's own, of its link, or reserved; no handler reaches those$/],
      ["http://localhost:8080/", /host's own, of its link, or reserved; no handler reaches those$/],
      ["http://169.254.169.254/", /host's own, of its link, or reserved; no handler reaches those$/],
      ["https://api.example:6443/", /is the API server's; use kube$/],
      ["https://10.96.0.1/", /is the API server's; use kube$/],
      ["https://10.0.0.5/", /Add "https:\/\/10\.0\.0\.5:443" to allow\.fetch$/],
    ] as const) {
      await assert.rejects(rig.fetch(url), { code: "NOT_ALLOWED", message: fact });
    }
  });
});

suite("redirects to where no handler may go", () => {
  let target: WebServer;

  before(async () => void (target = await WebServer.open((_request, response) => response.end("reached"))));
  after(() => target[Symbol.asyncDispose]());

  const TARGETS = [
    "http://127.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "//localhost:PORT/",
    "http://169.254.169.254/",
    "http://inner.example:PORT/",
    "file:///etc/passwd",
    "https://user:pw@good.example/",
  ];

  for (const to of TARGETS) {
    for (const status of [301, 302, 303, 307, 308]) {
      test(`a ${status} to ${to} is refused although allow.fetch names it`, async () => {
        const location = to.replace("PORT", String(target.port));
        await using good = await WebServer.open((_request, response) => response.writeHead(status, { location }).end());
        const names = { "good.example": [["127.0.0.1"]], "inner.example": [["127.0.0.2"]] };
        // The good one is on loopback as well, and passes for public under its own name only.
        let asked = 0;
        const classOf = (address: string) => (address === "127.0.0.1" && asked++ === 0 ? "public" : "forbidden");
        const allow = [
          `http://good.example:${good.port}`,
          ...["127.0.0.1", "localhost", "inner.example"].map((host) => `http://${host}:${target.port}`),
          "http://169.254.169.254",
        ];
        await using rig = new FetchRig({ allow, names, classOf });
        await assert.rejects(rig.fetch(`http://good.example:${good.port}/`), { code: "NOT_ALLOWED" });
        assert.deepEqual([good.asked, target.asked], [["GET /"], []]);
      });
    }
  }

  test("a redirect from https to http needs an entry of its own", async () => {
    await using good = await WebServer.open((_request, response) =>
      response.writeHead(302, { location: "http://plain.example/" }).end(),
    );
    const names = { "good.example": [["127.0.0.1"]] };
    const allow = [`http://good.example:${good.port}`, "plain.example"];
    await using rig = new FetchRig({ allow, names, classOf: () => "public" });
    await assert.rejects(rig.fetch(`http://good.example:${good.port}/`), /Add "http:\/\/plain.example" to allow.fetch/);
  });
});
