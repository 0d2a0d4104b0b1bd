import assert from "node:assert/strict";
import { test } from "node:test";
import { type AddressClass, classOfAddress } from "#broker/fetch/address-class.ts";

const ADDRESSES: Readonly<Record<AddressClass, readonly string[]>> = {
  public: [
    "1.1.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
  ],
  private: [
    "10.0.0.5",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "fd00::5",
    "fc00::1",
    "::ffff:10.0.0.5",
    "::ffff:a00:5",
    "64:ff9b::10.0.0.5",
  ],
  forbidden: [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "100.100.100.200",
    "fd00:ec2::254",
    "fd20:ce::254",
    "::ffff:100.100.100.200",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::7f00:1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fe80::1%eth0",
    "no address",
    "2130706433",
    "0x7f000001",
    "",
  ],
};

for (const reach of ["public", "private", "forbidden"] as const) {
  for (const address of ADDRESSES[reach]) {
    test(`address "${address}" is ${reach}`, () => assert.equal(classOfAddress(address), reach));
  }
}
