import { fieldOf, isRecord, numberOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, required, type FieldCause } from "../../../schema/field-causes.ts";
import { portNameFaults } from "../name-rules.ts";
import { nonNegative, portCauses, supportedText } from "../field-checks.ts";

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"];
const NUMBERS = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

/** What is wrong with a probe. @param isOnce it succeeds at the first success */
export function probeCauses(probe: JsonRecord, path: string, isOnce: boolean): FieldCause[] {
  const success = numberOf(probe, "successThreshold") ?? 1;
  return [
    ...handlerCauses(probe, path),
    ...nonNegative(probe, path, ...NUMBERS),
    ...(isOnce && success !== 1 ? [invalid(`${path}.successThreshold`, success, "must be 1")] : []),
  ];
}

function handlerCauses(probe: JsonRecord, path: string): FieldCause[] {
  const [first, ...others] = HANDLERS.filter((name) => isRecord(probe[name]));
  if (first === undefined) return [required(path, "must specify a handler type")];
  return [
    ...oneHandlerCauses(first, probe[first], `${path}.${first}`),
    ...others.map((name) => forbidden(`${path}.${name}`, "may not specify more than 1 handler type")),
  ];
}

function oneHandlerCauses(name: string, handler: unknown, path: string): FieldCause[] {
  if (name === "exec") return textsOf(handler, "command").length === 0 ? [required(`${path}.command`)] : [];
  const port = portOrNameCauses(fieldOf(handler, "port"), `${path}.port`);
  if (name !== "httpGet") return port;
  return [
    ...(textOf(handler, "path") ? [] : [required(`${path}.path`)]),
    ...port,
    ...supportedText(handler, "scheme", path, ["HTTP", "HTTPS"]),
  ];
}

export function portOrNameCauses(port: unknown, path: string): FieldCause[] {
  if (typeof port === "string") return portNameFaults(port).map((fault) => invalid(path, port, fault));
  return portCauses(port, path);
}
