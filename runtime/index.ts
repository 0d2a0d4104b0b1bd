/** The public API: what a handler imports, and the informer library. */
export * from "#handler-api/index.ts";
