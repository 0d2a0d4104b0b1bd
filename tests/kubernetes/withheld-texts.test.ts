import assert from "node:assert/strict";
import { test } from "node:test";
import { withholdSent } from "#kubernetes/http/withheld-texts.ts";

const SECRETS = "/api/v1/namespaces/prod/secrets";
const headers = { authorization: "Bearer t0ken-of-somebody" };

function withheld(text: string, path = SECRETS, body?: object): string {
  return withholdSent(text, { path, headers, body: body && JSON.stringify(body) });
}

test("a credential that an answer quotes is withheld, with its scheme and without", () => {
  assert.equal(withheld("got Bearer t0ken-of-somebody"), "got [withheld]");
  assert.equal(withheld("t0ken-of-somebody is unknown", "/api/v1/pods"), "[withheld] is unknown");
});

test("data of a Secret that an answer quotes is withheld, encoded and decoded", () => {
  const data = Buffer.from("hunter2").toString("base64");
  const body = { kind: "Secret", metadata: { name: "login" }, type: "Opaque", data: { a: data } };
  assert.equal(withheld(`login: ${data} is no Opaque`, SECRETS, body), "login: [withheld] is no Opaque");
  assert.equal(withheld("login: hunter2 is weak", `${SECRETS}/login?dryRun=All`, body), "login: [withheld] is weak");
  assert.equal(withheld("hunter2", SECRETS, { stringData: { a: "hunter2", b: "hunter" } }), "[withheld]");
});

test("data is withheld as it stands in JSON, too", () => {
  const body = { stringData: { a: 'two\n"lines"' } };
  assert.equal(
    withheld(JSON.stringify({ message: 'no: two\n"lines"' }), SECRETS, body),
    '{"message":"no: [withheld]"}',
  );
});

test("values of a JSON patch are withheld, and its paths are not", () => {
  const body = [{ op: "replace", path: "/data/password", value: "aHVudGVyMg==" }];
  assert.equal(withheld("/data/password: aHVudGVyMg==", `${SECRETS}/login`, body), "/data/password: [withheld]");
});

test("what is written elsewhere is the handler's own, and short texts say nothing", () => {
  assert.equal(withheld("web is wrong", "/api/v1/namespaces/prod/pods", { spec: { a: "web is" } }), "web is wrong");
  assert.equal(withheld("a yes is wrong", SECRETS, { stringData: { a: "yes" } }), "a yes is wrong");
  assert.equal(withholdSent("as it is", { path: SECRETS, headers: {} }), "as it is");
});

test("of a Secret with more texts than can be looked for, nothing of the answer is kept", () => {
  const stringData = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`k${i}`, `value-${i}`]));
  assert.equal(withheld("value-7 is wrong", SECRETS, { stringData }), "");
});
