/**
 * How `kubectl get` shows objects: the columns that the real server prints for each kind, or those of a
 * CustomResourceDefinition. The form of the answer around them is the HTTP front's.
 */
import type { Clock } from "#kernel/clock.ts";
import type { JsonRecord } from "#kernel/json-value.ts";
import { resourceName } from "#resources/api-resource.ts";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import { builtInColumns } from "./built-in-columns.ts";
import { customColumns } from "./custom-columns.ts";
import { podRowConditions } from "./columns/workloads/pod-columns.ts";

export interface TableForm {
  /** TableColumnDefinitions. */
  readonly columns: readonly JsonRecord[];
  readonly row: (object: ApiObject) => TableRow;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly conditions?: readonly JsonRecord[];
}

export function tableForm(resource: ServedResource, { now }: Pick<Clock, "now">): TableForm {
  const columns = resource.custom ? customColumns(resource.custom.columns) : builtInColumns(resource);
  const conditionsOf = resourceName(resource) === "pods" ? podRowConditions : () => undefined;
  return {
    columns: columns.map(({ name, type, format, priority }) => ({ name, type, format, description: "", priority })),
    row: (object) => {
      const conditions = conditionsOf(object);
      const time = now();
      return { cells: columns.map(({ cell }) => cell(object, time)), ...(conditions && { conditions }) };
    },
  };
}
