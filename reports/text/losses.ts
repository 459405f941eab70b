import type { LossRecord } from '../../harness/model/index.ts';

type Loss = Pick<LossRecord, 'observer' | 'code' | 'data'>;
type LossText = { readonly what: string; readonly detail: string };

/** A field of a loss as text. */
const field = (data: Loss['data'], name: string): string => {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What was lost, and how, by observer and code. */
export const losses: Record<string, (data: Loss['data']) => LossText> = {
  'witness strangers': (data) => ({
    what: 'requests at a witness that nobody sent',
    detail: `the first: ${field(data, 'of')} ${field(data, 'seq')}, ${field(data, 'method')} ${field(data, 'path')} at ${field(data, 'service')}, ${(Number(data['atMs']) / 1000).toFixed(3)} s`,
  }),
};

/** A loss as a person reads it. One of a kind that is not known here is told by its code and its figures. */
export const lossText = ({ observer, code, data }: Loss): LossText => {
  const known = losses[`${observer} ${code}`];
  if (known !== undefined) return known(data);
  const detail = Object.entries(data).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return { what: `${observer}: ${code.replaceAll('-', ' ')}`, detail: detail.join(', ') };
};
