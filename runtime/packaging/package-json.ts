/** Fields of the checkout's package.json that the published one keeps as they are. */
const KEPT = ["name", "version", "description", "keywords", "license", "type", "engines"] as const;

/** Inside the guest's bundle already. */
const BUNDLED_DEPENDENCIES = new Set(["vm2"]);

export interface CheckoutPackageJson extends Readonly<Record<(typeof KEPT)[number], unknown>> {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The published package.json: the same package, with paths into the staged folder. */
export function stagedPackageJson(checkout: CheckoutPackageJson): Readonly<Record<string, unknown>> {
  const dependencies = Object.entries(checkout.dependencies).filter(([name]) => !BUNDLED_DEPENDENCIES.has(name));
  return {
    ...Object.fromEntries(KEPT.map((field) => [field, checkout[field]])),
    bin: { informd: "./bin.cjs" },
    imports: { "#cli/main.ts": "./cli.js", "#*.ts": { types: "./types/*.d.ts" } },
    exports: { ".": { types: "./types/index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    dependencies: Object.fromEntries(dependencies),
  };
}
