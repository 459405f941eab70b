import type {
  InterceptorRecord,
  LossRecord,
  PhaseRecord,
  TapRecord,
  CleartextRecord,
  WindowRecord,
} from '../../model/index.ts';
import { fromMonotonic } from '../clock/index.ts';
import type { RunClock } from '../clock/index.ts';
import { readRequestId } from '../identity/index.ts';
import { analyseFiles } from '../tap/index.ts';
import type { TapFindings } from '../tap/index.ts';
import type { Rig } from './rig.ts';
import type { SegmentOutcome } from './segment.ts';

export type InstrumentInputs = {
  readonly rig: Rig;
  readonly clock: RunClock;
  readonly phases: readonly PhaseRecord[];
  readonly outcomes: readonly SegmentOutcome[];
};

/** What interceptors and taps saw, as records. Effects: stops the taps and reads their captures. */
export type InstrumentRecords = {
  readonly windows: readonly WindowRecord[];
  readonly interceptor: readonly InterceptorRecord[];
  readonly tap: readonly TapRecord[];
  readonly cleartext: readonly CleartextRecord[];
  readonly losses: readonly LossRecord[];
};

export const instrumentRecords = async (inputs: InstrumentInputs): Promise<InstrumentRecords> => {
  const interceptions = interceptionRecords(inputs);
  const { taps, cleartext, losses } = await tapRecords(inputs);
  return { ...interceptions, tap: taps, cleartext, losses: [...interceptions.losses, ...losses] };
};

const interceptionRecords = ({ rig, clock, outcomes }: InstrumentInputs) => {
  const windows = outcomes
    .flatMap((outcome) => outcome.windows)
    .map((raw): WindowRecord => ({
      type: 'window',
      window: raw.window,
      attack: raw.attack,
      form: raw.form,
      hop: raw.hop,
      startMs: fromMonotonic(clock, raw.startNs),
      endMs: fromMonotonic(clock, raw.endNs),
      error: raw.error,
    }));
  const interceptor = outcomes
    .flatMap(({ events }) => events)
    .map((event): InterceptorRecord => {
      const identity = event.id === null ? null : readRequestId(rig.run, rig.key, event.id);
      return {
        type: 'interceptor',
        window: event.window,
        atMs: fromMonotonic(clock, event.atNs),
        event: event.event,
        kind: event.id === null ? null : (identity?.kind ?? 'forged'),
        seq: identity?.seq ?? null,
        detail: event.detail,
      };
    });
  const garbled = rig.interceptors?.garbled() ?? 0;
  const losses: LossRecord[] =
    garbled === 0 ? [] : [{ type: 'loss', what: 'interceptor', count: garbled, detail: 'lines that were no events' }];
  return { windows, interceptor, losses };
};

const tapRecords = async ({ rig, clock, phases, outcomes }: InstrumentInputs): Promise<TapFindings> => {
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
    ...findings,
    losses: [
      ...findings.losses,
      ...failed.map(({ link, error }): LossRecord => ({
        type: 'loss',
        what: 'planted cleartext',
        count: 1,
        detail: `not planted on ${link}: ${error}`,
      })),
    ],
  };
};
