import type { JsonRecord } from "#kernel/json-value.ts";

const TITLE = "Kubernetes";
const VERSION = "v1";

/** Of the smallest document that kubectl takes as Swagger 2.0: nothing in it but its head. */
export const OPENAPI_V2: JsonRecord = {
  swagger: "2.0",
  info: { title: TITLE, version: VERSION },
  paths: {},
  definitions: {},
};

/** The same as protobuf, the only form that kubectl reads. Fields 1, 2, 8 and 9 are those of the JSON. */
export const OPENAPI_V2_PROTOBUF: Uint8Array = Buffer.concat([
  bytesField(1, Buffer.from("2.0")),
  bytesField(2, Buffer.concat([bytesField(1, Buffer.from(TITLE)), bytesField(2, Buffer.from(VERSION))])),
  bytesField(8, Buffer.alloc(0)),
  bytesField(9, Buffer.alloc(0)),
]);

/** A field of fewer than 128 bytes. */
function bytesField(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of((number << 3) | 2, value.length), value]);
}
