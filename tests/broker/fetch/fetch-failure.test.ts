import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite, test } from "node:test";
import { fetchFailure } from "#broker/fetch/fetch-failure.ts";
import { FetchRig } from "../../support/fetch-rig.ts";

const PROXY = "http://user:secret@proxy.example:3128";

function failed(fields: Readonly<Record<string, unknown>>, message = "words of a library", proxy = ""): Error {
  const error = Object.assign(new Error(message), fields);
  return fetchFailure(error, { url: new URL("https://a.example/hooks/secret"), proxy });
}

suite("why a fetch failed", () => {
  const SAID: Readonly<Record<string, string>> = {
    ENOTFOUND: "its name has no address. Check its spelling, and the DNS of where informd runs",
    ECONNREFUSED: "nobody takes connections there. Check host and port",
    UND_ERR_CONNECT_TIMEOUT:
      "there was no connection in time. Look whether a firewall or a NetworkPolicy is in the way",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      "its certificate is of an authority that informd does not know. Name the authority's file in NODE_EXTRA_CA_CERTS",
    CERT_HAS_EXPIRED: "its certificate has expired. Have it renewed",
    Z_DATA_ERROR: "its body is not what its content-encoding says",
    HPE_INVALID_CONSTANT: "its answer is no HTTP. Check scheme and port of the URL",
    ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "it does not speak TLS as it should. Check scheme and port of the URL",
    EMFILE: "words of a library",
  };

  for (const [code, fact] of Object.entries(SAID)) {
    test(`is told for ${code} with host, fact and code`, () => {
      const { name, message } = failed({ code });
      assert.deepEqual([name, message], ["TypeError", `Cannot fetch a.example: ${fact}`]);
      assert.equal(Reflect.get(failed({ code }), "code"), code);
    });
  }

  test("is of the proxy when the proxy was not reached, and its credentials are not told", () => {
    for (const fields of [
      { code: "ENOTFOUND", hostname: "proxy.example" },
      { code: "ECONNREFUSED", address: "10.0.0.1", port: 3128 },
      { code: "UND_ERR_PRX_CONN" },
    ]) {
      const { message } = failed(fields, "", PROXY);
      assert.match(message, /^Cannot fetch a\.example: of its proxy proxy\.example:3128: .*HTTPS_PROXY/);
      assert.doesNotMatch(message, /secret/);
    }
    const own = failed({ code: "ECONNREFUSED", address: "10.0.0.2", port: 443 }, "", PROXY);
    assert.doesNotMatch(own.message, /proxy/);
  });

  test("is the proxy's answer when it makes no tunnel", async () => {
    const proxy = createServer().on("connect", (_request, socket) => socket.end("HTTP/1.1 407 No\r\n\r\n"));
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    await using rig = new FetchRig({ allow: ["a.example"], httpsProxy: `http://127.0.0.1:${port}` });
    await assert.rejects(rig.fetch("https://a.example/"), {
      name: "TypeError",
      code: "PROXY_REFUSED",
      message: `Cannot fetch a.example: the proxy 127.0.0.1:${port} makes no connection to it: it wants other credentials. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY`,
    });
    proxy.closeAllConnections();
    proxy.close();
  });
});
