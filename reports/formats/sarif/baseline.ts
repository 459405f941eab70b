import type { Incident, Posture, PostureIncident } from '../../../harness/model/index.ts';

export type BaselineState = 'new' | 'unchanged' | 'updated' | 'absent';

/** What of an incident is more than chance between two runs: how much got in varies, whether all of it did does not. */
const traits = ({ hop, critical, admitted, of }: PostureIncident): string =>
  JSON.stringify([hop, critical, admitted === of]);

/** The state of an incident against a baseline: the ids of incidents are stable between runs. */
export const stateOf = (incident: Incident, { incidents }: Posture): BaselineState => {
  const before = incidents.find(({ id }) => id === incident.id);
  if (before === undefined) return 'new';
  return traits(before) === traits(incident) ? 'unchanged' : 'updated';
};

/** The incidents of a baseline that are not there any more. */
export const goneSince = (incidents: readonly Incident[], baseline: Posture): readonly PostureIncident[] => {
  const now = new Set(incidents.map(({ id }) => id));
  return baseline.incidents.filter(({ id }) => !now.has(id));
};
