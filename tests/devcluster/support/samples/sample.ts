/** An object to create on a server, and what its controllers would have made of it. */
export interface Sample {
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string; readonly [member: string]: unknown };
    readonly [member: string]: unknown;
  };
  readonly status?: object;
  /** Deleted after it was made: a finalizer holds it. */
  readonly deleted?: boolean;
}

export function sample(
  apiVersion: string,
  kind: string,
  name: string,
  members: { readonly metadata?: object; readonly [member: string]: unknown } = {},
  status?: object,
): Sample {
  const { metadata, ...rest } = members;
  return { object: { apiVersion, kind, metadata: { name, ...metadata }, ...rest }, ...(status && { status }) };
}

/** With a finalizer, then deleted. */
export function deletedSample({ object, status }: Sample): Sample {
  const metadata = { ...object.metadata, finalizers: ["example.com/hold"] };
  return { object: { ...object, metadata }, ...(status && { status }), deleted: true };
}

/** A moment before now, as objects carry it. */
export function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
