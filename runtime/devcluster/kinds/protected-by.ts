import { withMetadata } from "../api-object.ts";
import type { KindRules } from "./kind-rules.ts";

/** New objects carry a finalizer, so that one in use is not lost (admission plugin `StorageObjectInUseProtection`). */
export function protectedBy(finalizer: string): KindRules {
  return {
    prepareCreate(object, { now }) {
      const { finalizers = [] } = object.metadata;
      const kept = finalizers.includes(finalizer) ? finalizers : [...finalizers, finalizer];
      return { ...withMetadata(object, { finalizers: kept }), ...initialStatus(object.kind, now) };
    },
  };
}

function initialStatus(kind: string, now: string): { status?: object } {
  switch (kind) {
    case "PersistentVolumeClaim":
      return { status: { phase: "Pending" } };
    case "PersistentVolume":
      return { status: { phase: "Pending", lastPhaseTransitionTime: now } };
    default:
      return {};
  }
}
