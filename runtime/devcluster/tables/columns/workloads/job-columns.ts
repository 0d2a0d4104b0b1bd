import type { ApiObject } from "../../../api-object.ts";
import { AGE, field, flag, integer, NAME, NONE, text, type Column } from "../../column.ts";
import { ageOf, humanDuration } from "../../cells/human-duration.ts";
import { fieldAt, hasCondition, listAt, numberAt, textAt } from "../../cells/object-fields.ts";
import { wideTemplateColumns } from "./template-columns.ts";

export const JOBS: readonly Column[] = [
  NAME,
  text("Status", jobStatus),
  text("Completions", completions),
  text("Duration", duration),
  AGE,
  ...wideTemplateColumns("spec.template", "spec.selector"),
];

export const CRON_JOBS: readonly Column[] = [
  NAME,
  text("Schedule", field("spec.schedule")),
  text("Timezone", field("spec.timeZone", NONE)),
  flag("Suspend", (cronJob) => {
    const suspend = fieldAt(cronJob, "spec.suspend");
    if (typeof suspend !== "boolean") return "<unset>";
    return suspend ? "True" : "False";
  }),
  integer("Active", (cronJob) => listAt(cronJob, "status.active").length),
  text("Last Schedule", (cronJob, now) => {
    const last = textAt(cronJob, "status.lastScheduleTime");
    return last === "" ? NONE : ageOf(last, now);
  }),
  AGE,
  ...wideTemplateColumns("spec.jobTemplate.spec.template", "spec.jobTemplate.spec.selector"),
];

function jobStatus(job: ApiObject): string {
  if (hasCondition(job, "Complete")) return "Complete";
  if (hasCondition(job, "Failed")) return "Failed";
  if (job.metadata.deletionTimestamp !== undefined) return "Terminating";
  if (hasCondition(job, "Suspended")) return "Suspended";
  if (hasCondition(job, "FailureTarget")) return "FailureTarget";
  return hasCondition(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
}

function completions(job: ApiObject): string {
  const succeeded = numberAt(job, "status.succeeded");
  const wanted = fieldAt(job, "spec.completions");
  if (typeof wanted === "number") return `${succeeded}/${wanted}`;
  const parallelism = numberAt(job, "spec.parallelism");
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration(job: ApiObject, now: number): string {
  const start = textAt(job, "status.startTime");
  const end = textAt(job, "status.completionTime");
  if (start === "") return "";
  return end === "" ? ageOf(start, now) : humanDuration(Date.parse(end) - Date.parse(start));
}
