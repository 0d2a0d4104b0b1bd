import assert from "node:assert/strict";
import { test } from "node:test";
import { Dispatcher } from "undici";
import { exchange } from "#kubernetes/http/http-transport.ts";

/** Answers nothing, and remembers for how long a body may stand still. */
class SilentDispatcher extends Dispatcher {
  readonly bodyTimeouts: unknown[] = [];

  override dispatch(options: Dispatcher.DispatchOptions): boolean {
    this.bodyTimeouts.push(options.bodyTimeout);
    return true;
  }
}

test("an answer that stops in the middle is given up after a minute, unless it is that of a watch", () => {
  const dispatcher = new SilentDispatcher();
  const request = { method: "GET", path: "/api/v1/pods", headers: {} } as const;
  for (const one of [request, { ...request, isEndless: true }]) {
    void exchange(dispatcher, "http://127.0.0.1:1", one, new AbortController().signal);
  }
  assert.deepEqual(dispatcher.bodyTimeouts, [60_000, 0]);
});
