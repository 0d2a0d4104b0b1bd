/** Built-in functions as they were before the handler could change them. */
import type { HostMessage, ReadAnswer } from "../../protocol.ts";

export const { stringify } = JSON;
export const parseJson: (text: string) => unknown = JSON.parse;
export const parseMessage: (text: string) => HostMessage = JSON.parse;
export const parseAnswer: (text: string) => ReadAnswer = JSON.parse;
export const { setPrototypeOf } = Object;
export const toText = String;
export const { isFinite: isFiniteNumber } = Number;
