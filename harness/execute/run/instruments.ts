import type { LossRecord, PhaseRecord, SeenRecord } from '../../model/index.ts';
import type { RunClock } from '../clock/index.ts';
import { readRequestId } from '../identity/index.ts';
import { analyseFiles } from '../tap/index.ts';
import type { Rig } from './rig.ts';

export type InstrumentInputs = {
  readonly rig: Rig;
  readonly clock: RunClock;
  readonly phases: readonly PhaseRecord[];
};

/** What taps saw, as records. Effects: stops the taps and reads their captures. */
export const instrumentRecords = async (
  inputs: InstrumentInputs,
): Promise<{ readonly seen: readonly SeenRecord[]; readonly losses: readonly LossRecord[] }> => tapRecords(inputs);

const tapRecords = async ({ rig, clock, phases }: InstrumentInputs) => {
  const { run, key, taps, attackers } = rig;
  const findings = await analyseFiles(await taps.stop(), {
    originWallMs: clock.wallOriginMs,
    phases,
    harnessAddresses: [...attackers.keys()],
    names: { ...Object.fromEntries(attackers), ...taps.names },
    identify: (text) => readRequestId(run, key, text),
  });
  return {
    seen: [
      ...findings.cleartext,
      ...findings.taps.map((data): SeenRecord => ({ type: 'seen', kind: 'tap', atMs: null, seq: null, data })),
    ],
    losses: findings.losses,
  };
};
