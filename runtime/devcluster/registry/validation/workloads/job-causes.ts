import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, required, rawInvalid, type FieldCause } from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { immutable, nonNegative } from "../field-checks.ts";
import { scheduleFault } from "./schedule-fault.ts";
import { anyTemplateCauses, endingTemplateCauses, unselectedCauses } from "./template-causes.ts";
import { recordAt } from "../../../record-at.ts";

export function jobCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  // The server makes the selector and the labels that it selects; until then there is nothing to compare.
  const isSelecting = isRecord(spec["selector"]);
  return [
    ...(old ? [] : ownSelectorCauses(spec)),
    ...(isSelecting ? unselectedCauses(spec["selector"], recordAt(spec, "template"), "spec.template") : []),
    ...jobSpecCauses(spec, "spec"),
    ...(old ? updateCauses(spec, old) : []),
  ];
}

const GENERATED = new Set(["batch.kubernetes.io/controller-uid", "controller-uid"]);

/** A new job selects what the server says, unless it asks to do so itself. */
function ownSelectorCauses(spec: JsonRecord): FieldCause[] {
  const labels = Object.keys(recordAt(spec, "selector", "matchLabels"));
  if (spec["manualSelector"] === true || labels.every((label) => GENERATED.has(label))) return [];
  return [invalid("spec.selector", spec["selector"], "`selector` not auto-generated")];
}

const NUMBERS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
] as const;
const MODES = ["NonIndexed", "Indexed"];

function jobSpecCauses(spec: JsonRecord, path: string): FieldCause[] {
  const mode = textOf(spec, "completionMode") ?? "";
  const template = recordAt(spec, "template");
  const lacksCompletions = mode === "Indexed" && fieldOf(spec, "completions") === undefined;
  return [
    ...nonNegative(spec, path, ...NUMBERS),
    ...(mode === "" || MODES.includes(mode) ? [] : [notSupported(`${path}.completionMode`, mode, MODES)]),
    ...(lacksCompletions ? [required(`${path}.completions`, "when completion mode is Indexed")] : []),
    ...anyTemplateCauses(template, `${path}.template`),
    ...endingTemplateCauses(template, `${path}.template`),
  ];
}

function updateCauses(spec: JsonRecord, oldJob: JsonRecord): FieldCause[] {
  const old = recordAt(oldJob, "spec");
  const isOpen = old["suspend"] === true && fieldOf(oldJob["status"], "startTime") === undefined;
  const isIndexed = textOf(spec, "completionMode") === "Indexed";
  const isScaled = isIndexed && numberOf(spec, "completions") === numberOf(spec, "parallelism");
  return [
    ...(isScaled ? [] : immutable("spec.completions", spec["completions"], old["completions"])),
    ...immutable("spec.selector", spec["selector"], old["selector"]),
    ...templateUpdateCauses(spec, old, isOpen),
    ...immutable("spec.completionMode", spec["completionMode"], old["completionMode"]),
  ];
}

/** Before a suspended job has begun, where its pods may run can still change. */
function templateUpdateCauses(spec: JsonRecord, old: JsonRecord, isOpen: boolean): FieldCause[] {
  const [now, before] = [fixedPart(spec, isOpen), fixedPart(old, isOpen)];
  if (goText(now) === goText(before)) return [];
  return [rawInvalid("spec.template", goText(spec["template"]), "field is immutable")];
}

const SCHEDULING = ["nodeSelector", "affinity", "tolerations", "schedulingGates"];

function fixedPart(spec: JsonRecord, isOpen: boolean): JsonRecord {
  const template = recordAt(spec, "template");
  if (!isOpen) return template;
  const pod = Object.entries(recordAt(template, "spec")).filter(([name]) => !SCHEDULING.includes(name));
  return { spec: Object.fromEntries(pod) };
}

const CONCURRENCY = ["Allow", "Forbid", "Replace"];

export function cronJobCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const policy = textOf(spec, "concurrencyPolicy") ?? "";
  return [
    ...jobSpecCauses(recordAt(spec, "jobTemplate", "spec"), "spec.jobTemplate.spec"),
    ...scheduleCauses(textOf(spec, "schedule") ?? ""),
    ...timeZoneCauses(textOf(spec, "timeZone")),
    ...nonNegative(spec, "spec", "startingDeadlineSeconds"),
    ...(CONCURRENCY.includes(policy) ? [] : [notSupported("spec.concurrencyPolicy", policy, CONCURRENCY)]),
    ...nonNegative(spec, "spec", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"),
  ];
}

function scheduleCauses(schedule: string): FieldCause[] {
  if (schedule === "") return [required("spec.schedule")];
  if (schedule.includes("TZ")) {
    const detail = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
    return [invalid("spec.schedule", schedule, detail)];
  }
  const fault = scheduleFault(schedule);
  return fault === undefined ? [] : [invalid("spec.schedule", schedule, fault)];
}

function timeZoneCauses(zone: string | undefined): FieldCause[] {
  if (zone === undefined) return [];
  if (zone === "") return [invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string")];
  return isTimeZone(zone) ? [] : [invalid("spec.timeZone", zone, `unknown time zone ${zone}`)];
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
