/** Recorded spikes: read and refused here, so that the schedule can trust that no second is missing. */
export { readTrace } from './read.ts';
