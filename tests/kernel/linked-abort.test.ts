import assert from "node:assert/strict";
import { test } from "node:test";

import { LinkedAbort } from "#kernel/linked-abort.ts";

test("a linked abort aborts with any parent, for its reason", () => {
  const parent = new AbortController();
  const linked = new LinkedAbort(new AbortController().signal, parent.signal);
  parent.abort("enough");
  assert.equal(linked.signal.reason, "enough");
});

test("a linked abort of an aborted parent is aborted from the beginning", () => {
  assert.equal(new LinkedAbort(AbortSignal.abort("before")).signal.reason, "before");
});

test("a linked abort that was released does not follow its parents", () => {
  const parent = new AbortController();
  const linked = new LinkedAbort(parent.signal);
  linked.release();
  parent.abort();
  assert.equal(linked.signal.aborted, false);
});
