import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MadeTypes, makeTypes } from "#authoring/custom-types/make-types.ts";
import { FakeClock } from "./fake-clock.ts";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures", "custom-types");

/** Definitions in YAML, each under its file's name. */
export function fixtureDefinitions(): { readonly name: string; readonly text: string }[] {
  const folder = join(FIXTURES, "crds");
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** Of definitions in texts, which are called `crds.yaml` unless they have names. */
export async function typesOf(
  texts: string | readonly { readonly name: string; readonly text: string }[],
  command = "informd types",
  names: readonly string[] = [],
): Promise<MadeTypes> {
  const origin = {
    type: "definitions",
    texts: typeof texts === "string" ? [{ name: "crds.yaml", text: texts }] : texts,
  } as const;
  const deps = { clock: new FakeClock(), environment: {} };
  return makeTypes(deps, { origin, names, command }, new AbortController().signal);
}

export async function typesTextOf(...given: Parameters<typeof typesOf>): Promise<string> {
  const made = await typesOf(...given);
  assert.ok(made.type === "made", JSON.stringify(made));
  return made.text;
}

export async function refusalOf(...given: Parameters<typeof typesOf>): Promise<string> {
  const made = await typesOf(...given);
  assert.ok(made.type === "failed", "types were made");
  return made.message;
}
