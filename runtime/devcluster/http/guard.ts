import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { StatusError } from "../api-status.ts";
import { forbidden, unauthorized } from "./request/request-errors.ts";

export interface Guard {
  /** Why this request may not go on. */
  refusal(headers: IncomingHttpHeaders): StatusError | undefined;
}

export interface GuardOptions {
  /** Without one everybody on this machine may do everything. */
  readonly token: string | undefined;
  readonly port: number;
}

/** Lets in whoever holds the token and talks to a loopback name; never a web page. */
export function createGuard({ token, port }: GuardOptions): Guard {
  const hosts = new Set(hostsAt(port));
  const expected = token === undefined ? undefined : Buffer.from(token);
  return {
    refusal(headers) {
      // A name that resolves to this machine only for the page that rebound it.
      if (!hosts.has((headers.host ?? "").toLowerCase()))
        return forbidden(`Host "${headers.host ?? ""}" is not a name of this server`);
      const { origin } = headers;
      // It serves no page, so none is its own: only another program of this machine could have this origin.
      if (origin !== undefined) return forbidden(`Origin "${origin}" may not use this server`);
      const site = headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin" && site !== "none") {
        return forbidden("Web pages of other sites may not use this server");
      }
      if (expected && !areSame(Buffer.from(bearerOf(headers)), expected)) return unauthorized();
      return undefined;
    },
  };
}

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** Clients leave out the port that their scheme has by default. */
function hostsAt(port: number): string[] {
  return port === 443 || port === 80 ? LOOPBACK : LOOPBACK.map((name) => `${name}:${port}`);
}

/** In a time that says nothing about how much of it is right. The length of a token is no secret. */
function areSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function bearerOf({ authorization = "" }: IncomingHttpHeaders): string {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}
