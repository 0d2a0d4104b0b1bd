/** Several observers as one. Each is told of what it has a method for, in their order. */
import type { DispatchObserver } from "#dispatch/ports.ts";
import type { InformerObserver } from "#informer/informer-event.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

export function joinSupervisorObservers(observers: readonly Partial<SupervisorObserver>[]): SupervisorObserver {
  return {
    live: (...told) => observers.forEach((one) => one.live?.(...told)),
    degraded: (...told) => observers.forEach((one) => one.degraded?.(...told)),
    refused: (...told) => observers.forEach((one) => one.refused?.(...told)),
    processDied: (...told) => observers.forEach((one) => one.processDied?.(...told)),
    removed: (...told) => observers.forEach((one) => one.removed?.(...told)),
    renamed: (...told) => observers.forEach((one) => one.renamed?.(...told)),
    confirmed: (...told) => observers.forEach((one) => one.confirmed?.(...told)),
    buildFailed: (...told) => observers.forEach((one) => one.buildFailed?.(...told)),
    conflict: (...told) => observers.forEach((one) => one.conflict?.(...told)),
    warned: (...told) => observers.forEach((one) => one.warned?.(...told)),
  };
}

export function joinDispatchObservers(observers: readonly Partial<DispatchObserver>[]): DispatchObserver {
  return {
    started: (...told) => observers.forEach((one) => one.started?.(...told)),
    ended: (...told) => observers.forEach((one) => one.ended?.(...told)),
    finishedSilently: (...told) => observers.forEach((one) => one.finishedSilently?.(...told)),
    deadLetter: (...told) => observers.forEach((one) => one.deadLetter?.(...told)),
    healthChanged: (...told) => observers.forEach((one) => one.healthChanged?.(...told)),
    forgotten: (...told) => observers.forEach((one) => one.forgotten?.(...told)),
  };
}

export function joinInformerObservers(observers: readonly InformerObserver[]): InformerObserver {
  return (event, source) => observers.forEach((one) => one(event, source));
}
