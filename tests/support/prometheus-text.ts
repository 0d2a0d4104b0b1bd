/** Prometheus' text format, as far as informd writes it. */

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  /** A histogram's have `_bucket`, `_sum` and `_count` behind its name. */
  readonly series: readonly Series[];
}

export class PrometheusText {
  readonly text: string;
  readonly families: readonly Family[];

  constructor(text: string) {
    this.text = text;
    this.families = text
      .split(/^(?=# HELP )/m)
      .filter((block) => block.trim() !== "")
      .map(readFamily);
  }

  /** Those with this name and these labels, whatever others they have. */
  series(name: string, labels: Readonly<Record<string, string>> = {}): readonly Series[] {
    return this.families
      .flatMap(({ series }) => series)
      .filter((one) => one.name === name)
      .filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value));
  }

  /** Of the only one. `undefined`: there is none, or more than one. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const [first, ...others] = this.series(name, labels);
    return others.length > 0 ? undefined : first?.value;
  }

  /** Of all with these labels. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.series(name, labels).reduce((total, { value }) => total + value, 0);
  }
}

function readFamily(block: string): Family {
  const [help = "", type = "", ...lines] = block.trim().split("\n");
  const [, name = "", meaning = ""] = /^# HELP (\S+) (.+)$/.exec(help) ?? [];
  const [, typed, kind = ""] = /^# TYPE (\S+) (\w+)$/.exec(type) ?? [];
  if (name === "" || typed !== name) throw new Error(`Cannot read metrics: no HELP and TYPE of one name at ${help}`);
  return { name, type: kind, help: meaning, series: lines.map(readSeries) };
}

function readSeries(line: string): Series {
  const [, name = "", labels = "", value = ""] = /^([a-z_\d]+)(?:\{(.*)\})? (\S+)$/s.exec(line) ?? [];
  if (name === "") throw new Error(`Cannot read metrics: ${line}`);
  const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", text = ""]) => [
    label,
    text.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped)),
  ]);
  return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
}
