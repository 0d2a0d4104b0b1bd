import { Blob, File } from "./blob.ts";

type Value = string | File;
type Entry = readonly [name: string, value: Value];

export class FormData {
  #entries: Entry[] = [];

  constructor(form?: undefined) {
    if (form !== undefined) throw new TypeError("There are no HTML forms here");
  }

  append(name: unknown, value: unknown, file?: unknown): void {
    this.#entries.push([String(name), toValue(value, file)]);
  }

  set(name: unknown, value: unknown, file?: unknown): void {
    const key = String(name);
    const entry: Entry = [key, toValue(value, file)];
    const first = this.#entries.findIndex(([one]) => one === key);
    if (first < 0) this.#entries.push(entry);
    else {
      const others = this.#entries.filter(([one], index) => index === first || one !== key);
      this.#entries = others.map((one) => (one[0] === key ? entry : one));
    }
  }

  delete(name: unknown): void {
    const key = String(name);
    this.#entries = this.#entries.filter(([one]) => one !== key);
  }

  get(name: unknown): Value | null {
    const key = String(name);
    return this.#entries.find(([one]) => one === key)?.[1] ?? null;
  }

  getAll(name: unknown): Value[] {
    const key = String(name);
    return this.#entries.filter(([one]) => one === key).map(([, value]) => value);
  }

  has(name: unknown): boolean {
    const key = String(name);
    return this.#entries.some(([one]) => one === key);
  }

  forEach(visit: (value: Value, name: string, form: FormData) => void, receiver?: unknown): void {
    for (const [name, value] of this) visit.call(receiver, value, name, this);
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }

  *entries(): Generator<[name: string, value: Value]> {
    for (const [name, value] of this.#entries) yield [name, value];
  }

  [Symbol.iterator](): Generator<[name: string, value: Value]> {
    return this.entries();
  }
}

function toValue(value: unknown, file: unknown): Value {
  if (!(value instanceof Blob)) {
    if (file !== undefined) throw new TypeError("Only a Blob has a file name");
    return String(value);
  }
  if (value instanceof File && file === undefined) return value;
  return new File([value], file ?? "blob", { type: value.type });
}
