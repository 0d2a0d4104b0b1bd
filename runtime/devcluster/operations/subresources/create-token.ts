import { StatusError } from "../../api-status.ts";
import type { Target } from "../api-operations.ts";
import type { OperationsContext } from "../operations-context.ts";
import { currentObject } from "../reading/current-object.ts";

/** Throws 404 without the ServiceAccount, and else says that this server has no tokens to give. */
export function createToken({ store }: OperationsContext, target: Target): never {
  currentObject(store, target);
  throw new StatusError(
    501,
    "",
    "serviceaccounts/token is not supported: this cluster takes its administrator's token only",
  );
}
