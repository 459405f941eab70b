/** Parts of a report that other files have as well. */
export { attackSchema as attack } from '../../harness/model/report/attack.ts';
export { incidentSchema as incident } from '../../harness/model/report/incident.ts';
export { timelineSchema as timeline } from '../../harness/model/report/timeline.ts';
export { controlId, controlVerdict, counts, duration, moment, share, whole } from '../../harness/model/report/parts.ts';
