import {
  boolYaml11Tag,
  CORE_SCHEMA,
  intCoreTag,
  intYaml11Tag,
  loadAll,
  mergeTag,
  Schema,
  YAMLException,
  type ScalarTagDefinition,
} from "js-yaml";

export type YamlText =
  | { readonly type: "read"; readonly value: unknown }
  /** `reason` as the server's own YAML reader would word it: `line 2: …`. */
  | { readonly type: "malformed"; readonly reason: string };

/** The first document of a YAML text, as the real server reads it; `undefined` in an empty one. */
export function readYaml(text: string): YamlText {
  try {
    return { type: "read", value: loadAll(text, { schema: SCHEMA })[0] };
  } catch (error) {
    if (!(error instanceof YAMLException)) return { type: "malformed", reason: String(error) };
    const { mark, reason } = error;
    return { type: "malformed", reason: mark ? `line ${mark.line + 1}: ${reason}` : reason };
  }
}

/** `0644` is octal, as of old; but `22:22` is no number, and neither are dates. */
const INTEGER: ScalarTagDefinition = {
  ...intCoreTag,
  resolve: (source, ...rest) => (/^[-+]?0[0-7_]+$/.test(source) ? intYaml11Tag : intCoreTag).resolve(source, ...rest),
};

/** YAML 1.1 as Go's reader has it: `yes` is true, `<<` merges. */
const SCHEMA = new Schema([
  ...CORE_SCHEMA.tags
    .map((tag) => (tag.tagName === intCoreTag.tagName ? INTEGER : tag))
    .map((tag) => (tag.tagName === boolYaml11Tag.tagName ? boolYaml11Tag : tag)),
  mergeTag,
]);
