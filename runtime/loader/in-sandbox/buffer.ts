/** `node:buffer`: what the sandbox has as globals. */
export const builtIn = { Buffer, kMaxLength: 2 ** 31 - 1, constants: { MAX_LENGTH: 2 ** 31 - 1 } };
