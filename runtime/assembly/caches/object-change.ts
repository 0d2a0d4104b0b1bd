import type { ObjectChange } from "#dispatch/ports.ts";
import type { Notification } from "#informer/notification.ts";

/** What an informer tells, as dispatch takes it. */
export function objectChange(notification: Notification): ObjectChange {
  const { object } = notification;
  switch (notification.type) {
    case "added":
      return {
        key: object.key,
        before: undefined,
        after: object,
        last: undefined,
        relist: notification.origin === "relist",
      };
    case "updated":
      return {
        key: object.key,
        before: notification.old,
        after: object,
        last: undefined,
        relist: notification.origin === "relist",
      };
    case "deleted": {
      const last = notification.finalStateUnknown ? undefined : object;
      return {
        key: object.key,
        before: notification.old,
        after: undefined,
        last,
        relist: notification.origin === "relist",
      };
    }
  }
}
