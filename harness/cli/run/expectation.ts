import { HoldfastError } from '../../model/index.ts';
import type { ControlVerdict, Expectation, Report } from '../../model/index.ts';

/**
 * What a report of a stack makes the next runs of it be held to. Pure. Throws `bad-run` for a run that shows nothing: one that was not
 * fit, stopped before its end, or narrowed.
 */
export const expectationOf = (report: Report, digest: string): Expectation => {
  const { run, stack, plan, harness, verdict, partial, only } = report;
  if (partial || only !== null || (verdict !== 'BROKEN' && verdict !== 'HOLDS'))
    throw new HoldfastError(
      'bad-run',
      `expected a whole run of ${stack}, found one that is ${partial ? 'partial' : only === null ? verdict : 'narrowed by --only'}`,
      {
        hint: 'run it again: what was not shown is nothing to expect',
      },
    );
  const excluded = new Set((report.lacks ?? []).flatMap(({ attacks }) => attacks));
  const of = (wanted: ControlVerdict): readonly string[] =>
    report.attacks.filter(({ id, verdict: own }) => own === wanted && !excluded.has(id)).map(({ id }) => id);
  return {
    measured: { run, plan, harness, report: digest },
    verdicts: { fail: of('fail'), pass: of('pass'), unknown: of('unknown') },
  };
};

/** What another expectation changes, in words. Pure. */
export const differenceOf = (before: Expectation | null, after: Expectation): string => {
  if (before === null) return `lets through ${after.verdicts.fail.join(', ') || 'nothing'}`;
  const added = after.verdicts.fail.filter((id) => !before.verdicts.fail.includes(id));
  const gone = before.verdicts.fail.filter((id) => !after.verdicts.fail.includes(id));
  const said = [
    ...(added.length === 0 ? [] : [`lets through ${added.join(', ')} as well`]),
    ...(gone.length === 0 ? [] : [`no longer lets through ${gone.join(', ')}`]),
  ];
  return said.length === 0 ? 'lets through what it did' : said.join(', and ');
};
