import type { PackageSize } from "#loader/build/self-contained.ts";

/** A handler file as it is, or as a module that brings what it imports. */
export type BundleForm = "source" | "bundle";

/** One entry of a ConfigMap. */
export interface BundledFile {
  readonly key: string;
  readonly text: string;
  readonly form: BundleForm;
  /** Of key and text. */
  readonly bytes: number;
  /** Relative to the handlers directory. */
  readonly source: string;
  /** Ids. */
  readonly handlers: readonly string[];
  /** What npm packages add, the biggest first. */
  readonly packages: readonly PackageSize[];
}
