import assert from "node:assert/strict";
import { test } from "node:test";
import { newestOf } from "#kernel/newest-of.ts";
import { settle } from "../support/fake-clock.ts";

/** A stream of which the test gives the values. */
class Source<T> implements AsyncIterable<T> {
  readonly #stream = new TransformStream<T, T>();
  readonly #writer = this.#stream.writable.getWriter();

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#stream.readable[Symbol.asyncIterator]();
  }

  async give(...values: T[]): Promise<void> {
    for (const value of values) await this.#writer.write(value);
    await settle();
  }

  end = (): Promise<void> => this.#writer.close();
  fail = (error: Error): Promise<void> => this.#writer.abort(error);
}

test("newest of a stream is what came last, and the ones before are passed over", async () => {
  const source = new Source<number>();
  const newest = newestOf(source);
  const first = newest.next();
  await source.give(1);
  assert.equal((await first).value?.value, 1);
  await source.give(2, 3, 4);
  assert.equal((await newest.next()).value?.value, 4);
});

test("a value is outdated as soon as there is a newer one, and not before", async () => {
  const source = new Source<string>();
  const newest = newestOf(source);
  const asked = newest.next();
  await source.give("old");
  const { value: old } = await asked;
  assert.equal(old?.outdated.aborted, false);
  await source.give("new");
  assert.equal(old?.outdated.aborted, true);
  const { value } = await newest.next();
  assert.deepEqual([value?.value, value?.outdated.aborted], ["new", false]);
});

test("newest of a stream that ends ends behind its last value", async () => {
  const source = new Source<number>();
  const newest = newestOf(source);
  const asked = newest.next();
  await source.give(1, 2);
  await source.end();
  const values = [await asked, await newest.next(), await newest.next()];
  assert.deepEqual(values.at(-1), { value: undefined, done: true });
});

test("newest of a stream that fails fails as it does", async () => {
  const source = new Source<number>();
  const newest = newestOf(source);
  const asked = newest.next();
  await source.fail(new Error("gone"));
  await assert.rejects(asked, /gone/);
});
