import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect as connectPlainly, type AddressInfo } from "node:net";
import { join } from "node:path";
import { suite, test } from "node:test";
import { connect, createServer } from "node:tls";
import { createServingCredentials, type ServingCredentials } from "#devcluster/credentials/serving-credentials.ts";
import { systemClock } from "#kernel/clock.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const OPENSSL = "openssl";

suite("serving credentials", () => {
  const start = Date.UTC(2026, 4, 1, 12);
  const credentials = createServingCredentials({ clock: new FakeClock(start) });
  const certificate = new X509Certificate(credentials.certificate);
  const authority = new X509Certificate(credentials.ca);

  test("the certificate is for loopback names and addresses only", () => {
    assert.equal(certificate.subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
    assert.equal(certificate.checkHost("localhost"), "localhost");
    assert.equal(certificate.checkIP("127.0.0.1"), "127.0.0.1");
    assert.equal(certificate.checkIP("127.0.0.2"), undefined);
  });

  test("the authority signed the certificate and itself", () => {
    assert.ok(certificate.verify(authority.publicKey));
    assert.ok(certificate.checkIssued(authority));
    assert.ok(authority.checkIssued(authority));
  });

  test("only the authority may sign certificates", () => {
    assert.equal(authority.ca, true);
    assert.equal(certificate.ca, false);
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
  });

  test("both are valid from an hour ago for one year", () => {
    for (const { validFromDate, validToDate } of [certificate, authority]) {
      assert.equal(validFromDate.getTime(), start - 3_600_000);
      assert.equal(validToDate.getTime() - validFromDate.getTime(), 365 * 24 * 3_600_000);
    }
  });

  test("no two are alike", () => {
    const others = createServingCredentials({ clock: new FakeClock(start) });

    assert.notEqual(others.token, credentials.token);
    assert.notEqual(new X509Certificate(others.certificate).serialNumber, certificate.serialNumber);
    assert.ok(!new X509Certificate(others.certificate).verify(authority.publicKey));
  });

  test("the token is 32 bytes that fit a header and a URL", () => {
    assert.match(credentials.token, /^[\w-]{43}$/);
  });
});

suite("a TLS client that trusts the authority", () => {
  for (const host of ["127.0.0.1", "localhost", "::1"]) {
    test(`accepts the server as ${host}`, async () => {
      const credentials = createServingCredentials({ clock: systemClock });
      assert.equal(await authorizationError(credentials, credentials.ca, host), undefined);
    });
  }

  test("refuses the server under another name", async () => {
    const credentials = createServingCredentials({ clock: systemClock });
    const error = await authorizationError(credentials, credentials.ca, "example.com");
    assert.equal(error, "ERR_TLS_CERT_ALTNAME_INVALID");
  });

  test("refuses a server of another authority", async () => {
    const [credentials, others] = [1, 2].map(() => createServingCredentials({ clock: systemClock }));
    assert.ok(credentials && others);
    assert.ok(await authorizationError(credentials, others.ca, "localhost"));
  });
});

test("openssl finds no fault in the chain, however strict", { skip: !hasOpenssl() && "needs openssl" }, () => {
  const { ca, certificate } = createServingCredentials({ clock: systemClock });
  const folder = temporaryFolder();
  writeFileSync(join(folder, "ca.pem"), ca);
  writeFileSync(join(folder, "server.pem"), certificate);

  for (const name of ["-verify_ip 127.0.0.1", "-verify_ip ::1", "-verify_hostname localhost"]) {
    const flags = `verify -x509_strict -purpose sslserver ${name} -CAfile ca.pem server.pem`;
    const { stdout, stderr } = spawnSync(OPENSSL, flags.split(" "), { cwd: folder, encoding: "utf8" });
    assert.equal(stdout + stderr, "server.pem: OK\n");
  }
});

function hasOpenssl(): boolean {
  return spawnSync(OPENSSL, ["version"]).status === 0;
}

/** What a strict client says about the server's certificate. */
async function authorizationError(
  { certificate, key }: ServingCredentials,
  ca: string,
  name: string,
): Promise<string | undefined> {
  const server = createServer({ cert: certificate, key }, (socket) => socket.end());
  server.on("tlsClientError", () => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  // The connection goes to 127.0.0.1 for all names; what is checked is the name that the client asked for.
  const socket = connect({ socket: connectPlainly(port, "127.0.0.1"), host: name, ca });
  try {
    await once(socket, "secureConnect");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
    server.close();
  }
}
