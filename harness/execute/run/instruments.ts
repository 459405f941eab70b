import type { LossRecord, PhaseRecord, SeenRecord } from '../../model/index.ts';
import type { RunClock } from '../clock/index.ts';
import { readRequestId } from '../identity/index.ts';
import { analyseFiles } from '../tap/index.ts';
import type { Rig } from './rig.ts';
import type { SegmentOutcome } from './segment.ts';

export type InstrumentInputs = {
  readonly rig: Rig;
  readonly clock: RunClock;
  readonly phases: readonly PhaseRecord[];
  readonly outcomes: readonly SegmentOutcome[];
};

/** What taps saw, as records. Effects: stops the taps and reads their captures. */
export const instrumentRecords = async (
  inputs: InstrumentInputs,
): Promise<{ readonly seen: readonly SeenRecord[]; readonly losses: readonly LossRecord[] }> => tapRecords(inputs);

const tapRecords = async ({ rig, clock, phases, outcomes }: InstrumentInputs) => {
  const { run, key, taps, attackers } = rig;
  const findings = await analyseFiles(await taps.stop(), {
    originWallMs: clock.wallOriginMs,
    phases,
    harnessAddresses: attackers,
    names: taps.names,
    identify: (text) => readRequestId(run, key, text),
  });
  const failed = outcomes.flatMap(({ planted }) => planted).filter(({ error }) => error !== null);
  return {
    seen: [
      ...findings.cleartext,
      ...findings.taps.map((data): SeenRecord => ({ type: 'seen', kind: 'tap', atMs: null, seq: null, data })),
    ],
    losses: [
      ...findings.losses,
      ...failed.map(({ link, error }): LossRecord => ({
        type: 'loss',
        observer: 'tap',
        code: 'not-planted',
        count: 1,
        data: { link, why: error },
      })),
    ],
  };
};
