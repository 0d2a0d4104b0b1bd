import packageJson from "../../package.json" with { type: "json" };

export interface Version {
  /** Of the package. */
  readonly informd: string;
  readonly node: string;
}

export const VERSION: Version = { informd: packageJson.version, node: process.versions.node };
