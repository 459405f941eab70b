/** Observers at work: what instruments see while a schedule is executed, as records. */
export type { Aftermath, Collected, Collector, ObserverHost, Observing } from './observer.ts';
export { startObservers } from './ready.ts';
