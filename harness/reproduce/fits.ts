import type { Schedule } from '../model/index.ts';

/** What does not fit together in a schedule, in words; null where everything does. */
export const faultOfSchedule = ({ routes, attacks, configurations, capacity, main }: Schedule): string | null => {
  for (const [name, part] of [['capacity', capacity] as const, ['main', main] as const]) {
    if (part === null) continue;
    const unknown = (attack: number, form: number): boolean => attacks[attack]?.forms[form] === undefined;
    const arrival = part.arrivals.findIndex(([, , route]) => routes[route] === undefined);
    if (arrival >= 0) return `${name}.arrivals.${arrival}: expected a route of the schedule`;
    const attempt = part.attempts.findIndex(([, attack, form]) => unknown(attack, form));
    if (attempt >= 0) return `${name}.attempts.${attempt}: expected an attack and a form of the schedule`;
    const operation = part.operations.findIndex(
      ({ attack, form }) => (attack !== undefined || form !== undefined) && unknown(attack ?? -1, form ?? -1),
    );
    if (operation >= 0) return `${name}.operations.${operation}: expected an attack and a form of the schedule`;
    const missing = part.operations.findIndex(
      ({ op }) => typeof op['configuration'] === 'string' && configurations[op['configuration']] === undefined,
    );
    if (missing >= 0) return `${name}.operations.${missing}: expected a configuration of the schedule`;
    const twin = part.twins.findIndex(({ forms }) => forms.some(([attack, form]) => unknown(attack, form)));
    if (twin >= 0) return `${name}.twins.${twin}: expected attacks and forms of the schedule`;
    if (part.phases.length === 0) return `${name}.phases: expected at least one`;
  }
  return null;
};
