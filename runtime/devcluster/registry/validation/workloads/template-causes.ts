import { fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { notSupported, required, rawInvalid, type FieldCause } from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { nonNegative } from "../field-checks.ts";
import { labelCauses, selectorCauses } from "../label-causes.ts";
import { annotationCauses } from "../metadata-causes.ts";
import { podSpecCauses } from "../pods/pod-spec-causes.ts";
import { selectorOf } from "./selector-of.ts";
import { recordAt } from "../../../record-at.ts";

/** What is wrong with the template of pods that must be selected by its owner and run for ever. */
export function templateCauses(spec: JsonRecord): FieldCause[] {
  const template = recordAt(spec, "template");
  const policy = textOf(fieldOf(template, "spec"), "restartPolicy") ?? "";
  return [
    ...unselectedCauses(spec["selector"], template, "spec.template"),
    ...anyTemplateCauses(template, "spec.template"),
    ...(isRecord(template["spec"]) && policy !== "" && policy !== "Always"
      ? [notSupported("spec.template.spec.restartPolicy", policy, ["Always"])]
      : []),
  ];
}

export function anyTemplateCauses(template: JsonRecord, path: string): FieldCause[] {
  const metadata = recordAt(template, "metadata");
  return [
    ...labelCauses(metadata["labels"], `${path}.labels`),
    ...annotationCauses(metadata["annotations"], `${path}.annotations`),
    ...podSpecCauses(recordAt(template, "spec"), `${path}.spec`),
  ];
}

export function unselectedCauses(selector: unknown, template: JsonRecord, path: string): FieldCause[] {
  const labels = Object.entries(recordAt(template, "metadata", "labels"));
  const texts = Object.fromEntries(labels.map(([key, value]) => [key, String(value)]));
  const isFaulty = isRecord(selector) && selectorCauses(selector, "").length > 0;
  if (isFaulty || (isRecord(selector) && selectorOf(selector).matches(texts))) return [];
  const text = labels.length === 0 ? "null" : goText(texts);
  return [rawInvalid(`${path}.metadata.labels`, text, "`selector` does not match template `labels`")];
}

/** Of pods that end. */
export function endingTemplateCauses(template: JsonRecord, path: string): FieldCause[] {
  const policy = textOf(fieldOf(template, "spec"), "restartPolicy") ?? "";
  const field = `${path}.spec.restartPolicy`;
  if (policy === "OnFailure" || policy === "Never") return [];
  if (policy === "" || policy === "Always") return [required(field, 'valid values: "OnFailure", "Never"')];
  return [];
}

export function podTemplateCauses(object: JsonRecord): FieldCause[] {
  return anyTemplateCauses(recordAt(object, "template"), "template");
}

export function controllerCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const selector = recordAt(spec, "selector");
  const hasSelector = Object.keys(selector).length > 0;
  const template = spec["template"];
  return [
    ...nonNegative(spec, "spec", "replicas", "minReadySeconds"),
    ...(hasSelector ? [] : [required("spec.selector")]),
    ...(isRecord(template)
      ? [
          ...(hasSelector ? unselectedCauses({ matchLabels: selector }, template, "spec.template") : []),
          ...anyTemplateCauses(template, "spec.template"),
        ]
      : [required("spec.template")]),
  ];
}
