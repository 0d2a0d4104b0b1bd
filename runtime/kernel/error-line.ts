/** `TypeError: no`; the message alone if there is no name. */
export function errorLine({ name, message }: { readonly name: string; readonly message: string }): string {
  return name === "" ? message : `${name}: ${message}`;
}
