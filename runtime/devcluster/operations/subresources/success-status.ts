import { withMetadata, type ApiObject } from "../../api-object.ts";

/** What the server answers where there is nothing to show. */
export function successStatus(): ApiObject {
  const status = { kind: "Status", apiVersion: "v1", metadata: { name: "" }, status: "Success", code: 201 };
  return withMetadata(status, { name: undefined });
}
