/** How much happens by itself in the embedded cluster. */
export type Activity = "off" | "calm" | "busy";

export const ACTIVITIES: readonly Activity[] = ["off", "calm", "busy"];

export function activityOf(text: string): Activity | undefined {
  return ACTIVITIES.find((activity) => activity === text);
}

export function unknownActivity(text: string): string {
  return `Cannot use --activity "${text}": it takes ${ACTIVITIES.join(", ")}.`;
}
