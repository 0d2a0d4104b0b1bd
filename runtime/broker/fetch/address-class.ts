import { isIP, isIPv6 } from "node:net";
import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

/** `private`: what the handler's `allow` must name. `forbidden`: what no handler reaches, whatever it is allowed. */
export type AddressClass = "public" | "private" | "forbidden";

const PRIVATE = ["private", "uniqueLocal", "carrierGradeNat"];
/** Of an address in 64:ff9b::/96 (RFC 6052) and 64:ff9b:1::/48 (RFC 8215), which stands for an IPv4 address. */
const NAT64 = "rfc6052";

/** Deprecated (RFC 4291, 2.5.5.1), and understood by some. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR("::/96");

/** Where clouds keep credentials for whoever asks, as far as it lies in no range that is forbidden: Azure, Alibaba, AWS, Google. */
const METADATA = ["168.63.129.16", "100.100.100.200", "fd00:ec2::254", "fd20:ce::254"];

/** What an IP address belongs to, in whatever way it is spelled: the host itself, its link and what is reserved is forbidden. */
export function classOfAddress(address: string): AddressClass {
  const reached = parse(address);
  return reached === undefined || METADATA.includes(reached.toString()) ? "forbidden" : classOf(reached);
}

/** The address that is reached by it, in its only spelling: of an IPv4 address inside of an IPv6 one the former. */
export function reachedAddress(address: string): string {
  return parse(address)?.toString() ?? address;
}

function parse(address: string): IPv4 | IPv6 | undefined {
  const inUrl = isIPv6(address) ? `[${address}]` : address;
  // URLs have one spelling for each address, and none for a zone.
  const host = isIP(address) === 0 ? undefined : URL.parse(`http://${inUrl}`)?.hostname;
  return host === undefined ? undefined : withoutIPv6(ipaddr.parse(host.replace(/^\[(.*)\]$/, "$1")));
}

function withoutIPv6(address: IPv4 | IPv6): IPv4 | IPv6 {
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.range() !== NAT64) return address;
  const bytes = address.toByteArray();
  // Where it is not at the end, the translator alone knows where: then it stays what no handler reaches.
  return bytes.slice(6, 12).every((byte) => byte === 0) ? ipaddr.fromByteArray(bytes.slice(12)) : address;
}

function classOf(address: IPv4 | IPv6): AddressClass {
  if (address instanceof ipaddr.IPv6 && address.match(IPV4_COMPATIBLE)) return "forbidden";
  const range = address.range();
  if (range === "unicast") return "public";
  return PRIVATE.includes(range) ? "private" : "forbidden";
}
