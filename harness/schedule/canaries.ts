import { ask } from '../model/index.ts';
import type { Hop, Kinds, Operation, Segment } from '../model/index.ts';
import { tenth } from './time.ts';

/** A segment with the canaries of all actions in each of its phases, by time. */
export const withCanaries = <S extends Segment>(
  segment: S,
  { actions }: Pick<Kinds, 'actions'>,
  hops: readonly Hop[],
): S => {
  const canaries = segment.phases.flatMap((phase) =>
    [...actions.values()].flatMap(({ id, canaries: own }) =>
      (own === undefined ? [] : ask('action', id, 'canaries', () => own(hops, phase))).map(
        ({ atMs, op }): Operation => {
          const at = tenth(atMs);
          return { kind: id, startMs: at, endMs: at, canary: true, op };
        },
      ),
    ),
  );
  return { ...segment, operations: [...segment.operations, ...canaries].toSorted((a, b) => a.startMs - b.startMs) };
};
