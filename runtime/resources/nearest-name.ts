import { resourceName, type ApiResource } from "./api-resource.ts";
import { editDistance } from "./edit-distance.ts";

const SHOWN_NAMES = 3;
/** Below this, one wrong letter changes most of the name. */
const SHORT_NAME_LENGTH = 4;

/** The resources that a misspelt name may have meant, as kubectl prints them, best first. */
export function nearestNames(name: string, resources: readonly ApiResource[]): string[] {
  const wanted = name.toLowerCase();
  const [type = ""] = wanted.split(".");
  const best = new Map<string, number>();
  for (const resource of resources) {
    const shown = resourceName(resource);
    const distance = distanceTo(resource, wanted, type);
    if (distance <= allowedDistance(type)) best.set(shown, Math.min(distance, best.get(shown) ?? Infinity));
  }
  return Array.from(best)
    .sort(([nameA, a], [nameB, b]) => a - b || nameA.length - nameB.length || (nameA < nameB ? -1 : 1))
    .slice(0, SHOWN_NAMES)
    .map(([shown]) => shown);
}

/** The type alone counts too: `deployments.extensions` means `deployments.apps`. */
function distanceTo(resource: ApiResource, wanted: string, type: string): number {
  const { plural, singular, kind } = resource;
  const atMost = allowedDistance(type);
  const ofType = [plural, singular, kind.toLowerCase()].map((one) => editDistance(type, one, atMost));
  return Math.min(editDistance(wanted, resourceName(resource), atMost), ...ofType);
}

function allowedDistance(type: string): number {
  return type.length <= SHORT_NAME_LENGTH ? 1 : Math.min(3, Math.floor(type.length / 3));
}
