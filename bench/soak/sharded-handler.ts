/** A handler that says of each event which version of which pod it was told. Each pod is told to two handlers. */

export interface Told {
  readonly id: string;
  readonly type: string;
  readonly cause: string;
  readonly attempt: number;
  readonly pod: string;
  /** The pod's version, counted by whoever writes it. */
  readonly version: number;
}

export const SHARD_LABEL = "shard";
export const VERSION_ANNOTATION = "version";

export function handlerName(index: number): string {
  return `soaked-${String(index).padStart(2, "0")}`;
}

/** The handlers of a shard's pods. */
export function handlersOf(shard: number, shards: number): string[] {
  return [handlerName(shard), handlerName((shard + 1) % shards)];
}

/** @param save makes its code differ from the one before */
export function handlerSource(index: number, shards: number, save: number): string {
  const shown = [index, (index + shards - 1) % shards].join(", ");
  return `import { on } from "informd";
export default on("pods", { labelSelector: "${SHARD_LABEL} in (${shown})" }, ({ id, type, object, cause, attempt }, { log }) => {
  const { name, annotations } = object.metadata;
  log.info("told", { id, type, cause, attempt, pod: name, version: Number(annotations?.["${VERSION_ANNOTATION}"]), save: ${save} });
});
`;
}

/** @param data what such a handler has logged */
export function toldFrom({ id, type, cause, attempt, pod, version }: Readonly<Record<string, unknown>>): Told {
  return {
    id: String(id),
    type: String(type),
    cause: String(cause),
    attempt: Number(attempt),
    pod: String(pod),
    version: Number(version),
  };
}
