import { createHash, randomBytes, sign, type KeyObject } from "node:crypto";
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from "./der.ts";

export interface CertificateRequest {
  readonly commonName: string;
  /** P-256. */
  readonly publicKey: KeyObject;
  readonly use: CertificateUse;
  readonly issuer: { readonly commonName: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

export type CertificateUse =
  /** Signs certificates of servers, and nothing that signs again. */
  | { readonly type: "authority" }
  | { readonly type: "server"; readonly dnsNames: readonly string[]; readonly addresses: readonly Uint8Array[] };

/** An X.509 v3 certificate, PEM, signed by its issuer with ECDSA over SHA-256 (RFC 5280). */
export function issueCertificate(request: CertificateRequest): string {
  const { commonName, publicKey, issuer, notBeforeMs, notAfterMs } = request;
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serialNumber()),
    ECDSA_WITH_SHA256,
    name(issuer.commonName),
    sequence(time(notBeforeMs), time(notAfterMs)),
    name(commonName),
    spki(publicKey),
    explicit(3, sequence(...extensions(request))),
  );
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(sign("sha256", body, issuer.privateKey)));
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replaceAll(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const COMMON_NAME = objectIdentifier("2.5.4.3");
const SERVER_AUTH = objectIdentifier("1.3.6.1.5.5.7.3.1");

/** Positive, and long enough that two are never alike. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(COMMON_NAME, utf8String(commonName))));
}

function extensions({ use, publicKey, issuer }: CertificateRequest): Buffer[] {
  const identifiers = [
    extension("2.5.29.14", octetString(keyIdentifier(publicKey))),
    extension("2.5.29.35", sequence(implicit(0, keyIdentifier(issuer.publicKey)))),
  ];
  if (use.type === "authority") {
    return [
      critical("2.5.29.19", sequence(boolean(true), integer(Buffer.of(0)))),
      // keyCertSign and cRLSign
      critical("2.5.29.15", bitString(Buffer.of(0b0000_0110), 1)),
      ...identifiers,
    ];
  }
  const names = [
    ...use.dnsNames.map((dnsName) => implicit(2, Buffer.from(dnsName))),
    ...use.addresses.map((address) => implicit(7, address)),
  ];
  return [
    critical("2.5.29.19", sequence()),
    // digitalSignature
    critical("2.5.29.15", bitString(Buffer.of(0b1000_0000), 7)),
    extension("2.5.29.37", sequence(SERVER_AUTH)),
    extension("2.5.29.17", sequence(...names)),
    ...identifiers,
  ];
}

function extension(id: string, content: Uint8Array): Buffer {
  return sequence(objectIdentifier(id), octetString(content));
}

function critical(id: string, content: Uint8Array): Buffer {
  return sequence(objectIdentifier(id), boolean(true), octetString(content));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

/** `0x04`, x and y: how P-256's points end a SubjectPublicKeyInfo. */
const P256_POINT_BYTES = 65;

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1").update(spki(key).subarray(-P256_POINT_BYTES)).digest();
}
