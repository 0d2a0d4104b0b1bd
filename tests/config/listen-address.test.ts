import assert from "node:assert/strict";
import { test } from "node:test";
import { listenChoice } from "#config/listen-address.ts";

const IN_A_POD = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };

test("--listen is by default a free port of this machine only, and in a cluster port 8080 for everybody", () => {
  assert.deepEqual(listenChoice(undefined, {}), { type: "ok", address: { host: "127.0.0.1", port: 0 } });
  assert.deepEqual(listenChoice(undefined, IN_A_POD), { type: "ok", address: { host: undefined, port: 8080 } });
});

test("--listen takes a host by name or address, or none of them", () => {
  const addressOf = (text: string) => {
    const choice = listenChoice(text, IN_A_POD);
    assert.equal(choice.type, "ok");
    return choice.address;
  };
  assert.deepEqual(addressOf("localhost:9090"), { host: "localhost", port: 9090 });
  assert.deepEqual(addressOf("0.0.0.0:65535"), { host: "0.0.0.0", port: 65_535 });
  assert.deepEqual(addressOf("[::1]:9090"), { host: "::1", port: 9090 });
  assert.deepEqual(addressOf(":9090"), { host: undefined, port: 9090 });
});

test("--listen none serves nothing", () => {
  assert.deepEqual(listenChoice("none", IN_A_POD), { type: "ok", address: undefined });
});

test("--listen refuses what is no address, and shows what is", () => {
  for (const text of [
    "",
    "8080",
    "off",
    "127.0.0.1",
    "localhost:http",
    ":65536",
    "http://localhost:80",
    "::1:80",
    "a:1:2",
  ]) {
    const choice = listenChoice(text, {});
    assert.equal(choice.type, "invalid", text);
    assert.match(choice.message, /^Cannot use --listen ".*": it is (empty|no HOST:PORT)\. Write 127\.0\.0\.1:9090, /);
  }
});
