import { ask } from '../model/index.ts';
import type { HistoryRecord, Kinds, Report } from '../model/index.ts';
import { score } from '../score/index.ts';
import { findings } from './check.ts';
import { reportControls } from './control.ts';
import { isExcluded, reportLacks } from './features.ts';
import { gather } from './gather.ts';
import { faultsOfInstrument, usersRefused } from './instrument.ts';
import { replay, reportLoad } from './load.ts';
import { faultsOfLosses, reportLosses } from './losses.ts';
import { saturatedPerSecond } from './throughput.ts';
import { timeline } from './timeline.ts';
import { reportWaivers } from './waivers.ts';
import { concludeRun, phasesMissing, whyPartial } from './verdict.ts';

/**
 * `report.json` as a pure function of a history: the same records give the same bytes.
 * Throws `bad-run` where the history does not fit together.
 */
export const buildReport = (records: readonly HistoryRecord[], kinds: Kinds): Report => {
  const evidence = gather(records, kinds);
  const { run, capacity } = evidence;
  const found = findings(evidence, kinds);
  const attacks = found.map(({ attack }) => attack);
  const replayed = replay(evidence);
  const load = reportLoad(evidence, replayed);
  // What does not apply to the stack is not asked of it; what got through all the same is a fact.
  const failed = new Set(attacks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : [])));
  const excluded = new Set(
    run.attacks.filter((attack) => !failed.has(attack.id) && isExcluded(run, attack)).map(({ id }) => id),
  );
  const required = attacks.filter(({ id }) => !excluded.has(id));
  const partial = whyPartial(evidence);
  const doubts = {
    // What was cut short says nothing of the instrument: it was not let finish.
    instrument: partial === null ? faultsOfInstrument(evidence, load, replayed) : [],
    run: [
      ...(partial === null ? [] : [partial]),
      ...(partial === null ? phasesMissing(evidence) : []),
      ...usersRefused(evidence, replayed),
      ...faultsOfLosses(evidence, kinds),
    ],
  };
  const { verdict, reasons } = concludeRun(required, doubts);
  const lacks = reportLacks(run);
  const { controls, notClaimed } = reportControls(
    attacks,
    ({ id }) => excluded.has(id),
    (control) => lacks.some(({ controls }) => controls.includes(control)),
  );
  return {
    schema: 'https://holdfast.dev/report/v2',
    run: run.run,
    startedAt: run.startedAt,
    harness: run.harness,
    verdict,
    reasons,
    partial: partial !== null,
    seed: run.seed,
    plan: run.plan.id,
    stack: run.stack.id,
    only: run.only,
    score: score({ attacks: required, instrument: doubts.instrument, run: doubts.run }),
    controls,
    notClaimed,
    ...(lacks.length > 0 && { lacks }),
    attacks,
    load,
    capacity: capacity && {
      perSecond: capacity.perSecond,
      measured: capacity.measured,
      clamped: capacity.clamped,
      peakPerSecond: capacity.peakPerSecond,
      saturatedPerSecond: saturatedPerSecond(evidence.phases, replayed),
      steps: capacity.steps.map((step) => ({
        perSecond: step.perSecond,
        intended: step.intended,
        failed: step.failed,
        dropped: step.dropped,
        latencyP99Ms: step.latencyP99Ms,
        sustained: step.sustained,
      })),
    },
    timeline: timeline(
      evidence,
      replayed,
      found.flatMap(({ judged }) => judged),
    ),
    tap: [...kinds.checks.values()].flatMap(({ id, links }) =>
      links === undefined ? [] : ask('check', id, 'links', () => links(evidence)),
    ),
    losses: reportLosses(evidence),
    sabotage: {
      measured: run.sabotage.measured,
      measuredAt: run.sabotage.measuredAt,
      total: run.sabotage.total,
      caught: run.sabotage.caught,
      missed: run.sabotage.missed,
      falseAlarms: run.sabotage.falseAlarms,
    },
    incidents: distinct(found.flatMap(({ incidents }) => incidents)),
    waivers: reportWaivers(
      evidence,
      found.flatMap(({ waived }) => waived),
    ),
    overlay: run.overlay.map(({ file, diff }) => ({ file, diff })),
    versions: sorted(run.versions),
    digests: sorted(run.digests),
    machine: {
      cpus: run.machine.cpus,
      memoryBytes: run.machine.memoryBytes,
      kernel: run.machine.kernel,
      engine: run.machine.engine,
    },
  };
};

/** The bytes of `report.json`. The order of keys is that in which the report was built, so the same report gives the same bytes. */
export const serialiseReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

const sorted = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Incidents whose names differ only in what a slug cannot hold get a number, so that each can be asked for. */
const distinct = (incidents: Report['incidents']): Report['incidents'] => {
  const used = new Map<string, number>();
  return incidents.map((incident) => {
    const times = (used.get(incident.id) ?? 0) + 1;
    used.set(incident.id, times);
    return times === 1 ? incident : { ...incident, id: `${incident.id}-${times}` };
  });
};
