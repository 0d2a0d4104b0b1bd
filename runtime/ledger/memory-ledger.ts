/** Durable memory of what each handler has finished: this one forgets, so that a restart tells every object again as `initial`. */
export const memoryLedger = {
  finished(): void {},
};
