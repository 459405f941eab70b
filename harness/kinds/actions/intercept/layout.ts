import { HoldfastError } from '../../../model/index.ts';
import type { Hop, Operation } from '../../../model/index.ts';
import type { Interception } from './op.ts';
import { firstPort, lastPort } from './ruleset.ts';

/** What takes over a hop, and the listener that stands there for it. Attack and form are indices, as in the schedule. */
export type Placement = {
  readonly attack: number;
  readonly form: number;
  readonly hop: Hop;
  readonly interceptor: Interception['interceptor'];
  /** Container that listens, and its port: one port per form, so that an event tells its form. */
  readonly container: string;
  readonly port: number;
};

/** Names the form that an operation belongs to. */
export const formOf = ({ attack, form }: Pick<Operation, 'attack' | 'form'>): string => `${attack} ${form}`;

/**
 * Lays out the interceptors: one impostor, one mitmproxy with its own CA (which also tampers), and one for each identity that
 * was stolen, for a certificate is an option of the whole process. Pure. Throws `internal` where there are more than ports.
 */
export const layOut = (operations: readonly Operation[]): readonly Placement[] => {
  const forms = [...new Map(operations.map((operation) => [formOf(operation), operation])).values()];
  const most = lastPort - firstPort + 1;
  // A listener past the range would keep its connections when the hop is given back.
  if (forms.length > most)
    throw new HoldfastError('internal', `expected at most ${most} forms that take a hop over, got ${forms.length}`);
  return forms.map(({ attack = -1, form = -1, op }, i) => {
    const { hop, interceptor } = op as Interception;
    return { attack, form, hop, interceptor, container: containerOf(interceptor), port: firstPort + i };
  });
};

const containerOf = (interceptor: Interception['interceptor']): string => {
  if (interceptor.kind === 'impostor') return 'impostor';
  return interceptor.mode === 'stolen-certificate' ? `mitmproxy-as-${interceptor.stolenFrom ?? 'nobody'}` : 'mitmproxy';
};
