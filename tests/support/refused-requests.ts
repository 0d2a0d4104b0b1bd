/** Requests that a kube-apiserver refuses, or answers with nothing of its own: what the embedded server must say alike. */
import type { Asked } from "./api-server-rig.ts";

export type Case = readonly [line: string, asked?: Omit<Asked, "method">];

export const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
export const WIDGETS = "/apis/example.com/v1/namespaces/default/widgets";
const COLLECTIONS = [CONFIG_MAPS, WIDGETS];
const META = "v=v1;g=meta.k8s.io";
const JSON_BODY = { "content-type": "application/json" };

export const PATHS: readonly Case[] = [
  "/nope",
  "/api/v2",
  "/apis/nope.io",
  "/apis/nope.io/v1/things",
  "/apis/apps/v9",
  "/apis/apps/v9/deployments",
  "/apis/example.com/v1/nopes",
  "/apis/example.com/v9/widgets",
  "/apis/example.com/v1/widgets/x",
  "/api/v1/nopes",
  "/api/v1/namespaces/default/nopes/x",
  "/api/v1/pods/x",
  "/api/v1/namespaces/default/nodes",
  "/api/v1/namespaces/default/namespaces",
  `${CONFIG_MAPS}/a/status`,
  `${CONFIG_MAPS}/a/b/c`,
  `${WIDGETS}/nope`,
  `${WIDGETS}/nope/status`,
  `${WIDGETS}/nope/nope`,
  `${WIDGETS}/nope/a/b`,
  "//api/v1/namespaces",
  "/healthz",
  "/healthz/",
  "/healthz/nope",
  "/livez/ping",
  "/apis/authentication.k8s.io/v1/selfsubjectreviews",
  "/apis/authentication.k8s.io/v1/selfsubjectreviews/x",
]
  .map((path): Case => [`GET ${path}`])
  .concat(
    ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"].flatMap((method) =>
      ["/api/v1/configmaps", `${CONFIG_MAPS}/nope/nope`, `${WIDGETS}/nope/nope`, "/nope"].map((path): Case => [
        `${method} ${path}`,
        { headers: JSON_BODY, body: "{}" },
      ]),
    ),
    [
      [`PUT ${CONFIG_MAPS}`],
      [`PATCH ${CONFIG_MAPS}`],
      [`POST ${CONFIG_MAPS}/x`],
      ["DELETE /api/v1/namespaces"],
      ["POST /apis/example.com/v1/widgets"],
      ["HEAD /api/v1/configmaps"],
      [`HEAD ${CONFIG_MAPS}/x`],
    ],
  );

export const NEGOTIATIONS: readonly Case[] = [
  "application/json",
  "application/cbor",
  "text/html",
  "text/html, */*",
  "application/*",
  "application/yaml;q=0.2, application/json;q=0.9",
  "application/json, application/yaml",
  `application/json;as=Table;${META.replace("v1", "v2")}`,
  `application/json;as=Tabel;${META}`,
  "application/json;as=Table;v=v1;g=nope",
  "application/json;as=Table",
  "application/json;stream=watch",
  "application/json;as=nope,application/json",
  "application/json;charset=utf-8",
  "application/json;;",
  "APPLICATION/JSON",
  "junk",
  `application/json;as=PartialObjectMetadata;${META},application/json`,
].flatMap((accept) => COLLECTIONS.map((path): Case => [`GET ${path}/nope`, { headers: { accept } }]));

export const BODIES: readonly Case[] = [
  "",
  "[]",
  '"x"',
  "true",
  "hello: world",
  '{"a":1}x',
  '{"a"',
  '{"a":1,}',
  "{a:1}",
  "{'a':1}",
  '{"a":tru}',
  '{"a":nul',
  '{"a":01}',
  '{"a":1.}',
  '{"a":-}',
  '{"a":"\u0001"}',
  String.raw`{"a":"\x"}`,
  String.raw`{"a":"\u12g4"}`,
  "[1 2]",
  '{"a" 1}',
  '{"a":1 "b":2}',
  '{"kind":1}',
  '{"apiVersion":{}}',
  '{"kind":"Pod","apiVersion":"a/b/c"}',
  "\ufeff{}",
]
  .flatMap((body) =>
    [`POST ${CONFIG_MAPS}`, `POST ${WIDGETS}`, `PUT ${CONFIG_MAPS}/none`].map((line): Case => [
      line,
      { headers: JSON_BODY, body },
    ]),
  )
  .concat(
    ['{"kind":"Pod","apiVersion":"v1"}', '{"kind":"ConfigMap","apiVersion":"v2"}', '{"kind":"Nope"}'].map(
      (body): Case => [`POST ${CONFIG_MAPS}`, { headers: JSON_BODY, body }],
    ),
    ["{}", "null", '{"kind":"Widget"}'].map((body): Case => [`POST ${WIDGETS}`, { headers: JSON_BODY, body }]),
    ["text/plain", "application/cbor", "application/json;;", "junk"].flatMap((type) =>
      [`POST ${CONFIG_MAPS}`, `POST ${WIDGETS}`, `DELETE ${CONFIG_MAPS}/none`].map((line): Case => [
        line,
        { headers: { "content-type": type }, body: "{}" },
      ]),
    ),
  );

const PATCH_TYPES = ["json-patch+json", "merge-patch+json", "strategic-merge-patch+json"];

export const PATCHES: readonly Case[] = COLLECTIONS.flatMap((path) => [
  ...PATCH_TYPES.flatMap((type) => ["", "{", "1"].map((body) => patch(`${path}/seed`, `application/${type}`, body))),
  ...["application/json", "application/apply-patch+cbor", "application/yaml", ""].map((type) =>
    patch(`${path}/seed`, type, "{}"),
  ),
  patch(`${path}/seed?force=true`, "application/merge-patch+json", "{}"),
  patch(`${path}/seed`, "application/apply-patch+yaml", "{}"),
]);

function patch(path: string, type: string, body: string): Case {
  return [`PATCH ${path}`, { headers: { "content-type": type }, body }];
}

export const LIST_OPTIONS: readonly Case[] = [
  "limit=x",
  "limit=",
  "limit=1.5",
  "limit=99999999999999999999",
  "timeoutSeconds=9.5",
  "resourceVersionMatch=Exact",
  "resourceVersionMatch=Nope&resourceVersion=1",
  "resourceVersionMatch=Exact&resourceVersion=0",
  "continue=x&resourceVersionMatch=Exact",
  "sendInitialEvents=true",
  "sendInitialEvents=false&resourceVersionMatch=Exact",
  "timeout=x",
  "timeout=1",
]
  .flatMap((query) => COLLECTIONS.map((path): Case => [`GET ${path}?${query}`]))
  .concat(
    [
      "timeoutSeconds=x",
      "sendInitialEvents=true",
      "sendInitialEvents=true&resourceVersionMatch=Exact",
      "resourceVersionMatch=NotOlderThan",
      "resourceVersionMatch=Exact",
      "continue=x",
      "continue=x&resourceVersionMatch=Exact",
    ].flatMap((query) => COLLECTIONS.map((path): Case => [`GET ${path}?watch=1&${query}`])),
  );

export const WRITE_OPTIONS: readonly Case[] = COLLECTIONS.flatMap((path) => [
  ...[
    "fieldValidation=nope",
    "dryRun=nope",
    "dryRun=All&dryRun=nope",
    "dryRun=",
    "fieldManager=%07",
    "fieldManager=a%E2%80%8Bb",
    `fieldManager=${"a".repeat(129)}`,
    "fieldValidation=nope&dryRun=x&fieldManager=%07",
  ].flatMap((query) =>
    [`POST ${path}?${query}`, `PUT ${path}/none?${query}`].map((line): Case => [
      line,
      { headers: JSON_BODY, body: "{}" },
    ]),
  ),
  ...[
    "propagationPolicy=nope",
    "propagationPolicy=",
    "gracePeriodSeconds=x",
    "orphanDependents=x&propagationPolicy=Orphan",
    "orphanDependents=x&propagationPolicy=Nope&dryRun=nope",
  ].map((query): Case => [`DELETE ${path}/none?${query}`]),
  ...[
    "{",
    "[]",
    '{"kind":"Pod","apiVersion":"v1"}',
    '{"kind":"Pod"}',
    '{"propagationPolicy":"Nope"}',
    '{"propagationPolicy":1}',
    '{"gracePeriodSeconds":"x"}',
    '{"gracePeriodSeconds":1.5}',
    '{"preconditions":1}',
    '{"preconditions":{"uid":1}}',
    '{"dryRun":"All"}',
    '{"dryRun":[1]}',
    '{"dryRun":["x"]}',
    '{"orphanDependents":true,"propagationPolicy":"Orphan"}',
  ].map((body): Case => [`DELETE ${path}/none`, { headers: JSON_BODY, body }]),
]);
