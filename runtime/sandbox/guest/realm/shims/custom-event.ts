import { Event } from "./event-target.ts";

export class CustomEvent extends Event {
  readonly detail: unknown;

  constructor(type: string, { detail = null, ...options }: { detail?: unknown; cancelable?: boolean } = {}) {
    super(type, options);
    this.detail = detail;
  }
}
