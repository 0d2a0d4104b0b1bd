import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { encodeFrame, FrameDecoder } from "#kernel/framing.ts";

test("frames come out as they went in, whatever the sizes of the chunks", () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 20_000 }), { maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1 });
  fc.assert(
    fc.property(frames, cuts, (contents, sizes) => {
      const stream = Buffer.concat(contents.map((content) => encodeFrame(content)));
      const decoder = new FrameDecoder(20_000);
      const decoded: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        for (const frame of decoder.push(stream.subarray(at, at + size))) decoded.push(Buffer.from(frame));
        at += size;
      }
      assert.deepEqual(
        decoded.map((frame) => frame.toString("hex")),
        contents.map((content) => Buffer.from(content).toString("hex")),
      );
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("a frame that comes byte by byte is the same frame", () => {
  const content = Buffer.alloc(100_000, "informd");
  const decoder = new FrameDecoder(100_000);
  const decoded = Array.from(encodeFrame(content)).flatMap((byte) => [...decoder.push(Buffer.of(byte))]);
  assert.deepEqual(decoded, [content]);
});
