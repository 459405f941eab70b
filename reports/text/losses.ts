import type { LossRecord } from '../../harness/model/index.ts';

type Loss = Pick<LossRecord, 'observer' | 'code' | 'data'>;
type LossText = { readonly what: string; readonly detail: string };

/** A field of a loss as text. */
const field = (data: Loss['data'], name: string): string => {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const ofFile = (nameOf: (data: Loss['data']) => string): Record<string, (data: Loss['data']) => LossText> => ({
  'no-file': (data) => ({ what: nameOf(data), detail: 'no such file' }),
  unreadable: (data) => ({ what: nameOf(data), detail: 'unreadable lines' }),
});

const ofTap =
  (what: string) =>
  (data: Loss['data']): LossText => ({
    what,
    detail: `${field(data, 'link')}: ${field(data, 'why')}`,
  });

/** What was lost, and how, by observer and code: made here, and nowhere else. Nothing reads it. */
export const losses: Record<string, Record<string, (data: Loss['data']) => LossText>> = {
  witness: {
    ...ofFile((data) => `journal of ${field(data, 'service')}`),
    missed: (data) => ({
      what: `witness of ${field(data, 'service')}`,
      detail: `answered requests that are missing from its journal; the first: ${field(data, 'first')}`,
    }),
    strangers: (data) => ({
      what: 'requests of unknown origin at a workload',
      detail: `the first: ${field(data, 'of')} ${field(data, 'seq')}, ${field(data, 'method')} ${field(data, 'path')} at ${field(data, 'service')}, ${(Number(data['atMs']) / 1000).toFixed(3)} s`,
    }),
  },
  'edge-log': ofFile(() => "the edge's access log"),
  interceptor: { garbled: () => ({ what: 'interceptor', detail: 'unreadable lines' }) },
  tap: {
    dropped: ofTap('packets lost by the tap'),
    file: ofTap('packets missing from the capture'),
    cut: ofTap('packets captured in part'),
    'not-kept': ofTap('cleartext packets counted but not kept'),
    'not-planted': (data) => ({
      what: 'planted cleartext',
      detail: `not sent on ${field(data, 'link')}: ${field(data, 'why')}`,
    }),
  },
  clock: { stepped: (data) => ({ what: 'wall clock', detail: `stepped by ${field(data, 'ms')} ms during the run` }) },
  load: { 'cut-short': () => ({ what: 'replayed requests', detail: 'unfinished when the run was interrupted' }) },
};

/** A loss as a person reads it. Older histories have the words; one of a kind that is not known here is told by its code and data. */
export const lossText = ({ observer, code, data }: Loss): LossText => {
  if (typeof data['what'] === 'string' && typeof data['detail'] === 'string')
    return { what: data['what'], detail: data['detail'] };
  const own = Object.hasOwn(losses, observer) ? losses[observer]! : {};
  const known = Object.hasOwn(own, code) ? own[code] : undefined;
  if (known !== undefined) return known(data);
  const detail = Object.entries(data).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return { what: `${observer}: ${code.split('-').join(' ')}`, detail: detail.join(', ') };
};
