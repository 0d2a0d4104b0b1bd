/** Built-in functions as they were before the handler could change them. */
import type { HostMessage } from "../../protocol.ts";

export const { stringify } = JSON;
export const parse: (text: string) => HostMessage = JSON.parse;
export const parseJson: (text: string) => unknown = JSON.parse;
export const { setPrototypeOf } = Object;
export const { isArray } = Array;
export const toText = String;
