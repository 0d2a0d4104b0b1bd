/** Inside the guest's bundle already. */
export const BUNDLED_DEPENDENCIES: readonly string[] = ["vm2"];

/** What the published package.json takes over from the checkout's. */
const KEPT = ["name", "version", "description", "keywords", "license", "type", "engines"] as const;

export interface CheckoutPackageJson extends Readonly<Record<(typeof KEPT)[number], unknown>> {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The published package.json: the same package, with paths into the staged folder. */
export function stagedPackageJson(checkout: CheckoutPackageJson): Readonly<Record<string, unknown>> {
  const dependencies = Object.entries(checkout.dependencies).filter(([name]) => !BUNDLED_DEPENDENCIES.includes(name));
  return {
    ...Object.fromEntries(KEPT.map((field) => [field, checkout[field]])),
    bin: { informd: "./bin.cjs" },
    // The command's file imports the first; the declarations keep the specifiers of the sources, hence the second.
    imports: { "#cli/main.ts": "./cli.js", "#*.ts": { types: "./types/*.d.ts" } },
    exports: { ".": { types: "./types/index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    dependencies: Object.fromEntries(dependencies),
  };
}
