import type { PackageUse } from "../package-use.ts";

/** Whatever speaks to a server, signs or encrypts. */
export const NETWORK: readonly PackageUse[] = [
  {
    name: "axios",
    code: `import axios from "axios";
export const use = async (_context, server) => {
  const client = axios.create({ baseURL: server, adapter: "fetch" });
  const refused = await client.get("/absent").catch((error) => error.response.status);
  return [(await client.post("/echo", { a: 1 })).data, refused];
};`,
    result: [{ a: 1 }, 404],
    note: '`adapter: "fetch"`',
  },
  {
    name: "ky",
    code: `import ky from "ky";
export const use = async (_context, server) => ky.post(server + "/echo", { json: { a: 1 } }).json();`,
    result: { a: 1 },
  },
  {
    name: "got",
    code: `import got from "got";
export const use = (_context, server) => got.post(server + "/echo", { json: { a: 1 } }).json();`,
    result: { a: 1 },
    note: "use `fetch`, ky or axios",
  },
  {
    name: "node-fetch",
    code: `import fetch from "node-fetch";
export const use = async (_context, server) => (await fetch(server + "/echo", { method: "POST", body: '{"a":1}' })).json();`,
    result: { a: 1 },
    note: "use the global `fetch`",
  },
  {
    name: "undici",
    code: `import { request } from "undici";
export const use = async (_context, server) => (await request(server + "/echo", { method: "POST", body: '{"a":1}' })).body.json();`,
    result: { a: 1 },
    note: "use `fetch`",
  },
  {
    name: "@slack/webhook",
    code: `import { IncomingWebhook } from "@slack/webhook";
export const use = async (_context, server) => (await new IncomingWebhook(server + "/ok").send({ text: "ready" })).text;`,
    result: "ok",
  },
  {
    name: "@slack/web-api",
    code: `import { WebClient } from "@slack/web-api";
export const use = async (_context, server) => {
  const client = new WebClient("token", { slackApiUrl: server + "/slack/" });
  return (await client.chat.postMessage({ channel: "ops", text: "ready" })).ok;
};`,
    result: true,
    note: "use `@slack/webhook`, or Slack's HTTP API with `fetch`",
  },
  {
    name: "@octokit/rest",
    code: `import { Octokit } from "@octokit/rest";
export const use = async (_context, server) => (await new Octokit({ baseUrl: server }).repos.get({ owner: "acme", repo: "shop" })).data.name;`,
    result: "shop",
  },
  {
    name: "openai",
    code: `import OpenAI from "openai";
export const use = async (_context, server) => {
  const client = new OpenAI({ apiKey: "key", baseURL: server + "/openai", dangerouslyAllowBrowser: true });
  const answer = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "hello" }] });
  return answer.choices[0].message.content;
};`,
    result: "hi",
    note: "`dangerouslyAllowBrowser: true`: it takes the sandbox for a browser, and the key is one from `allow.env`",
  },
  {
    name: "@aws-sdk/client-s3",
    code: `import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";
export const use = async (_context, server) => {
  const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
  const client = new S3Client({ region: "eu-west-1", endpoint: server, forcePathStyle: true, credentials });
  const { $metadata } = await client.send(new PutObjectCommand({ Bucket: "backup", Key: "pod.json", Body: "{}" }));
  return $metadata.httpStatusCode;
};`,
    result: 200,
  },
  {
    name: "jose",
    code: `import { SignJWT, jwtVerify } from "jose";
const key = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
export const use = async () => {
  const token = await new SignJWT({ team: "ops" }).setProtectedHeader({ alg: "HS256" }).sign(key);
  return (await jwtVerify(token, key)).payload.team;
};`,
    result: "ops",
  },
  {
    name: "jsonwebtoken",
    code: `import jwt from "jsonwebtoken";
export const use = () => jwt.verify(jwt.sign({ team: "ops" }, "secret"), "secret").team;`,
    result: "ops",
    note: "use jose",
  },
  {
    name: "nodemailer",
    code: `import nodemailer from "nodemailer";
export const use = () => nodemailer.createTransport({ jsonTransport: true }).sendMail({ to: "ops@example.com" }).then(() => true);`,
    result: true,
    note: "send mail by an HTTP API",
  },
  {
    name: "ioredis",
    code: `import Redis from "ioredis";
export const use = () => new Redis({ lazyConnect: true }).status;`,
    result: "wait",
    note: "a handler has no TCP",
  },
  {
    name: "pg",
    code: `import pg from "pg";
export const use = () => typeof new pg.Client({}).connect;`,
    result: "function",
    note: "a handler has no TCP",
  },
  {
    name: "@kubernetes/client-node",
    code: `import { KubeConfig, CoreV1Api } from "@kubernetes/client-node";
export const use = () => typeof new KubeConfig().makeApiClient(CoreV1Api);`,
    result: "object",
    note: "use the context's `kube` and listers; importing its types is free",
  },
];
