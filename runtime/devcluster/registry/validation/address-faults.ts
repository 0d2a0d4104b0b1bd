import { hasFormat } from "../../schema/validation/formats.ts";

export function isAddress(text: string): boolean {
  return hasFormat("ipv4", text) || hasFormat("ipv6", text);
}

export function addressFaults(text: string): string[] {
  return isAddress(text) ? [] : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
}

export function cidrFaults(text: string): string[] {
  return hasFormat("cidr", text) ? [] : ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];
}
