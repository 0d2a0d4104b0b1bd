/** Checked by the compiler: `npm run check:types`. */
import type * as broker from "#broker/ports.ts";
import type * as sandbox from "#sandbox/sandbox.ts";

export function theBrokerFitsTheSandboxsPort(capabilities: broker.Capabilities): sandbox.Capabilities {
  return capabilities;
}
