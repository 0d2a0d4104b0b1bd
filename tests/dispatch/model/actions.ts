const CALM = {
  advance: 20,
  gap: 2,
  relist: 3,
  restore: 1,
  resync: 2,
  reload: 3,
  crash: 1,
  mood: 2,
  replay: 1,
  pause: 0.5,
};

type Action = keyof typeof CALM | "write" | "remove";

/** How often what happens in a cluster that is more or less busy. */
export function actionWeights(busy: number): Readonly<Record<Action, number>> {
  return { write: 50 * busy, remove: 14 * busy, ...CALM };
}
