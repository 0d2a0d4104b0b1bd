import type { Notification, Subscriber } from "../notification.ts";

/** One who is told of the changes of a cache. */
export interface Member {
  readonly tell: Subscriber;
  isGone: boolean;
}

/** Everybody who follows a cache. Who joins while a change is being told is not told of it: the cache shows it already. */
export class Audience {
  readonly #failed: (error: unknown) => void;
  #members: readonly Member[] = [];

  /** @param failed called with what a subscriber throws; the others are told nevertheless */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Those of this moment; joining and leaving do not change the list. */
  get members(): readonly Member[] {
    return this.#members;
  }

  join(member: Member): void {
    if (!member.isGone) this.#members = [...this.#members, member];
  }

  leave(member: Member): void {
    member.isGone = true;
    this.#members = this.#members.filter((other) => other !== member);
  }

  tell(members: readonly Member[], notification: Notification): void {
    for (const member of members) {
      if (member.isGone) continue;
      try {
        member.tell(notification);
      } catch (error) {
        this.#failed(error);
      }
    }
  }
}
