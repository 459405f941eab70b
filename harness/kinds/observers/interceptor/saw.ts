import { perView, seconds, visible } from '../../../check/index.ts';
import type { AttemptRecord, Seen, View } from '../../../model/index.ts';
import type { InterceptorData } from './record.ts';

export type InterceptorEvent = Seen<InterceptorData>;

const inClear = perView(
  (view): ReadonlyMap<number, InterceptorEvent> =>
    new Map(
      view
        .seen<InterceptorData>('interceptor')
        .flatMap((event) =>
          event.event === 'clear' && event.of === 'attack' && event.seq !== null ? [[event.seq, event]] : [],
        ),
    ),
);

/** That an interceptor read an attempt in clear; undefined where none did. */
export const readInClear = (view: View, { seq }: AttemptRecord): InterceptorEvent | undefined => inClear(view).get(seq);

export const readText = ({ atMs, detail }: InterceptorEvent): string =>
  `the interceptor read it in clear at ${seconds(atMs)}: ${visible(detail)}`;

/** What an interceptor saw of an attempt, as a person reads it: of any attempt, for whatever it was meant. */
export const saw = (view: View, attempt: AttemptRecord): readonly string[] => {
  const read = readInClear(view, attempt);
  return read === undefined ? [] : [readText(read)];
};
