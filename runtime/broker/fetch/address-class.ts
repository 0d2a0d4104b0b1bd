import { isIP, isIPv6 } from "node:net";
import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

/** `private`: what the handler's `allow` must name. `forbidden`: what no handler reaches, whatever it is allowed. */
export type AddressClass = "public" | "private" | "forbidden";

const PRIVATE = ["private", "uniqueLocal", "carrierGradeNat"];
/** Of an address in 64:ff9b::/96 (RFC 6052), which stands for the IPv4 address at its end. */
const NAT64 = "rfc6052";

/** Deprecated (RFC 4291, 2.5.5.1), and understood by some. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR("::/96");

/** What an IP address belongs to, in whatever way it is spelled: the host itself, its link and what is reserved is forbidden. */
export function classOfAddress(address: string): AddressClass {
  const inUrl = isIPv6(address) ? `[${address}]` : address;
  // URLs have one spelling for each address, and none for a zone.
  const host = isIP(address) === 0 ? undefined : URL.parse(`http://${inUrl}`)?.hostname;
  return host === undefined ? "forbidden" : classOf(ipaddr.parse(host.replace(/^\[(.*)\]$/, "$1")));
}

function classOf(address: IPv4 | IPv6): AddressClass {
  const range = address.range();
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return classOf(address.toIPv4Address());
  if (address instanceof ipaddr.IPv6 && address.match(IPV4_COMPATIBLE)) return "forbidden";
  if (range === NAT64) return classOf(ipaddr.fromByteArray(address.toByteArray().slice(12)));
  if (range === "unicast") return "public";
  return PRIVATE.includes(range) ? "private" : "forbidden";
}
