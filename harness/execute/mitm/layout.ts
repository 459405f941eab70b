import { HoldfastError } from '../../model/index.ts';
import type { Hop, Interception, ScheduledAttack } from '../../model/index.ts';
import { firstPort, lastPort } from './ruleset.ts';

/** A form that takes over a hop, and the listener that stands there for it. Attack and form are indices, as in the schedule. */
export type Placement = {
  readonly attack: number;
  readonly form: number;
  readonly attackId: string;
  readonly hop: Hop;
  readonly interceptor: Interception['interceptor'];
  /** Container that listens, and its port: one port per form, so that an event tells its form. */
  readonly container: string;
  readonly port: number;
};

/**
 * Lays out the interceptors: one impostor, one mitmproxy with its own CA (which also tampers), and one for each identity that
 * was stolen, for a certificate is an option of the whole process. Pure. Throws `internal` where there are more than ports.
 */
export const layOut = (attacks: readonly ScheduledAttack[]): readonly Placement[] => {
  const forms = attacks.flatMap(({ id, forms }, attack) =>
    forms.flatMap(({ interception }, form) =>
      interception === undefined ? [] : [{ attack, form, attackId: id, ...interception }],
    ),
  );
  const most = lastPort - firstPort + 1;
  // A listener past the range would keep its connections when the hop is given back.
  if (forms.length > most)
    throw new HoldfastError('internal', `expected at most ${most} forms that take a hop over, got ${forms.length}`);
  return forms.map((form, index) => ({ ...form, container: containerOf(form.interceptor), port: firstPort + index }));
};

const containerOf = (interceptor: Interception['interceptor']): string => {
  if (interceptor.kind === 'impostor') return 'impostor';
  return interceptor.mode === 'stolen-certificate' ? `mitmproxy-as-${interceptor.stolenFrom ?? 'nobody'}` : 'mitmproxy';
};
