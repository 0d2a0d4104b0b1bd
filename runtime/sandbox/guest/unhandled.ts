import { isNativeError, isProxy } from "node:util/types";
import type { WireError } from "../protocol.ts";

/** Tells the host what nobody caught; without listeners the process would end. */
export function reportUnhandled(send: (text: string) => void): void {
  const report = (reason: unknown): void => {
    try {
      send(JSON.stringify({ type: "unhandled", error: describeSafely(reason) }));
    } catch {
      // The handler may have filled the channel; its own runs will say so.
    }
  };
  process.on("unhandledRejection", report);
  process.on("uncaughtException", report);
}

/**
 * An error that may belong to the handler's realm. Only a genuine error object is touched: reading a property of anything else
 * could run the handler's code with the host's objects in reach.
 */
export function describeSafely(reason: unknown): WireError {
  if (typeof reason === "string") return { name: "Error", message: reason, stack: reason };
  try {
    if (isNativeError(reason) && !isProxy(reason)) {
      const { name, message, stack } = reason;
      return { name: text(name, "Error"), message: text(message, ""), stack: text(stack, text(message, "")) };
    }
  } catch {
    // A getter of the handler threw.
  }
  return { name: "Error", message: "a value that is no Error was thrown", stack: "" };
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value.slice(0, 16_384) : otherwise;
}
