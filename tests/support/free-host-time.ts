import type { HostTime } from "#sandbox/sandbox.ts";

/** Of a handler that never waits, whatever it costs the host. */
export const FREE_HOST_TIME: HostTime = { waitMs: 0, spend: (work) => work(), heldBack: () => {} };
