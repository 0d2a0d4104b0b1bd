/** `node:process`: what the sandbox has as a global, without a single fact about the host. */
export const builtIn = process;
