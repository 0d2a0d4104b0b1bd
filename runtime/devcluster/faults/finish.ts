import type { ResponseStream } from "../http/interceptor.ts";
import type { Ending } from "./fault.ts";

/** Ends a stream in the way that a fault asks for. */
export function finish(stream: ResponseStream, how: Ending): void {
  switch (how) {
    case "end":
      return stream.end();
    case "hangUp":
    case "reset":
      return stream.hangUp(how === "reset");
    case "silence":
  }
}
