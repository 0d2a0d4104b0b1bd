/** `node:punycode`: names with other letters as ASCII and back (RFC 3492). */
const DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
const BASE = DIGITS.length;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;

function encode(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < INITIAL_N);
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? "-" : "");
  let [n, delta, bias, handled] = [INITIAL_N, 0, INITIAL_BIAS, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta++;
      if (point !== n) continue;
      output += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

function decode(text: string): string {
  const dash = text.lastIndexOf("-");
  const output = Array.from(text.slice(0, Math.max(0, dash)), (character) => character.codePointAt(0) ?? 0);
  let [n, i, bias, at] = [INITIAL_N, 0, INITIAL_BIAS, dash + 1];
  while (at < text.length) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      i += digit * weight;
      const threshold = thresholdOf(k, bias);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(i - before, output.length + 1, before === 0);
    n += Math.floor(i / (output.length + 1));
    i %= output.length + 1;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function variableLength(delta: number, bias: number): string {
  let text = "";
  let rest = delta;
  for (let k = BASE; ; k += BASE) {
    const threshold = thresholdOf(k, bias);
    if (rest < threshold) return text + letterOf(rest);
    text += letterOf(threshold + ((rest - threshold) % (BASE - threshold)));
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

function thresholdOf(k: number, bias: number): number {
  return Math.min(T_MAX, Math.max(T_MIN, k - bias));
}

function letterOf(digit: number): string {
  return DIGITS.charAt(digit);
}

function digitOf(code: number): number {
  const digit = DIGITS.indexOf(String.fromCharCode(code).toLowerCase());
  if (digit === -1) throw new RangeError("Cannot decode Punycode: invalid input");
  return digit;
}

function perLabel(domain: string, map: (label: string) => string): string {
  return domain.split(".").map(map).join(".");
}

export const builtIn = {
  encode,
  decode,
  // oxlint-disable-next-line no-control-regex -- the range is ASCII itself
  toASCII: (domain: string): string =>
    perLabel(domain, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label)),
  toUnicode: (domain: string): string =>
    perLabel(domain, (label) => (label.startsWith("xn--") ? decode(label.slice(4)) : label)),
  ucs2: {
    decode: (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0),
    encode: (points: readonly number[]): string => String.fromCodePoint(...points),
  },
};
