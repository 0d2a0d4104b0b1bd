import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import type { Clock } from "#kernel/clock.ts";
import { issueCertificate } from "./certificate.ts";

/** What a server on this machine needs so that only the owner of the kubeconfig can talk to it. */
export interface ServingCredentials {
  /** Certificate of the authority, PEM: what clients trust. Its key is gone. */
  readonly ca: string;
  /** For `127.0.0.1`, `::1` and `localhost`, PEM. */
  readonly certificate: string;
  readonly key: string;
  readonly token: string;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const TOKEN_BYTES = 32;
const AUTHORITY = "informd development CA";
const IPV4_LOOPBACK = Buffer.of(127, 0, 0, 1);
const IPV6_LOOPBACK = Buffer.concat([Buffer.alloc(15), Buffer.of(1)]);

/** Makes new ones, valid from an hour ago (clocks differ) for one year. */
export function createServingCredentials({ clock }: { readonly clock: Clock }): ServingCredentials {
  const authority = { commonName: AUTHORITY, ...newKeys() };
  const server = newKeys();
  const notBeforeMs = clock.now() - HOUR_MS;
  const validity = { notBeforeMs, notAfterMs: notBeforeMs + YEAR_MS };
  return {
    ca: issueCertificate({ ...authority, use: { type: "authority" }, issuer: authority, ...validity }),
    certificate: issueCertificate({
      commonName: "informd",
      publicKey: server.publicKey,
      use: { type: "server", dnsNames: ["localhost"], addresses: [IPV4_LOOPBACK, IPV6_LOOPBACK] },
      issuer: authority,
      ...validity,
    }),
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }),
    token: randomBytes(TOKEN_BYTES).toString("base64url"),
  };
}

function newKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}
