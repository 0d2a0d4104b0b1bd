import type { ApiObject } from "../../api-object.ts";
import type { GetOptions, Target } from "../api-operations.ts";
import type { OperationsContext } from "../operations-context.ts";
import { connect, isConnection } from "../subresources/pods/connect-pod.ts";
import { getScale } from "../subresources/scale.ts";
import { currentObject } from "./current-object.ts";
import { parseResourceVersion, requireReached } from "./resource-version.ts";

/** GET of one object or of one of its subresources. Throws 404, and what else the subresource has to say. */
export function getObject(
  context: OperationsContext,
  target: Target,
  { resourceVersion = "", container = "" }: GetOptions = {},
): ApiObject {
  const { store, served } = context;
  requireReached(parseResourceVersion(resourceVersion), store);
  if (isConnection(target)) return connect(context, target, container);
  if (target.subresource === "scale") return getScale(context, target);
  return served.of(target.resource, currentObject(store, target));
}
