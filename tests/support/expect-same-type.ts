/** Compiles only if the two types are identical: `expectSameType<typeof value, string>()`. Does nothing at run time. */
export function expectSameType<A, B>(..._proof: Same<A, B> extends true ? [] : [never]): void {}

// Two deferred conditional types are assignable only if what they compare with is identical.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
