import { AGE, count, integer, NAME, NONE, text, wide, type Column } from "../../column.ts";
import { fieldAt, listAt, numberAt, textAt } from "../../cells/object-fields.ts";
import { labelsText } from "../../cells/labels-text.ts";
import { containerColumns, wideTemplateColumns } from "./template-columns.ts";

const TEMPLATE = "spec.template";
const SELECTOR = "spec.selector";

const READY = text(
  "Ready",
  (object) => `${numberAt(object, "status.readyReplicas")}/${numberAt(object, "spec.replicas")}`,
);
const DESIRED = integer("Desired", count("spec.replicas"));
const CURRENT = integer("Current", count("status.replicas"));
const READY_COUNT = integer("Ready", count("status.readyReplicas"));

export const DEPLOYMENTS: readonly Column[] = [
  NAME,
  READY,
  text("Up-to-date", count("status.updatedReplicas")),
  text("Available", count("status.availableReplicas")),
  AGE,
  ...wideTemplateColumns(TEMPLATE, SELECTOR),
];

export const REPLICA_SETS: readonly Column[] = [
  NAME,
  DESIRED,
  CURRENT,
  READY_COUNT,
  AGE,
  ...wideTemplateColumns(TEMPLATE, SELECTOR),
];

export const REPLICATION_CONTROLLERS: readonly Column[] = [
  NAME,
  DESIRED,
  CURRENT,
  READY_COUNT,
  AGE,
  ...wideTemplateColumns(TEMPLATE, undefined),
  wide(text("Selector", (object) => labelsText(fieldAt(object, SELECTOR)))),
];

export const STATEFUL_SETS: readonly Column[] = [NAME, READY, AGE, ...wideTemplateColumns(TEMPLATE, undefined)];

export const DAEMON_SETS: readonly Column[] = [
  NAME,
  integer("Desired", count("status.desiredNumberScheduled")),
  integer("Current", count("status.currentNumberScheduled")),
  integer("Ready", count("status.numberReady")),
  integer("Up-to-date", count("status.updatedNumberScheduled")),
  integer("Available", count("status.numberAvailable")),
  text("Node Selector", (object) => labelsText(fieldAt(object, "spec.template.spec.nodeSelector"))),
  AGE,
  ...wideTemplateColumns(TEMPLATE, SELECTOR),
];

export const CONTROLLER_REVISIONS: readonly Column[] = [
  NAME,
  text("Controller", ({ metadata }) => {
    const owner = listAt(metadata, "ownerReferences").find((reference) => fieldAt(reference, "controller") === true);
    return owner === undefined ? NONE : controllerText(owner);
  }),
  text("Revision", count("revision")),
  AGE,
];

export const POD_TEMPLATES: readonly Column[] = [
  NAME,
  ...containerColumns("template"),
  text("Pod Labels", (object) => labelsText(fieldAt(object, "template.metadata.labels"))),
];

/** `daemonset.apps/agent`. */
function controllerText(owner: unknown): string {
  const apiVersion = textAt(owner, "apiVersion");
  const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
  return `${textAt(owner, "kind").toLowerCase()}${group}/${textAt(owner, "name")}`;
}
