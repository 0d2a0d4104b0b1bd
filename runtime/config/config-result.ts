/** What comes of flags. */
export type ConfigResult<Config> = { readonly type: "ok"; readonly config: Config } | Invalid;

export interface Invalid {
  readonly type: "invalid";
  /** Says what to do. */
  readonly message: string;
}

export function invalid(message: string): Invalid {
  return { type: "invalid", message };
}

/** @param fact and what to do, without the full stop */
export function invalidFlag(flag: string, value: string, fact: string): Invalid {
  return invalid(`Cannot use --${flag} "${value}": ${fact}.`);
}
