/** By which `--handlers configmaps` finds ConfigMaps of handlers. */
export const HANDLERS_LABEL = { "informd.io/handlers": "true" } as const;
