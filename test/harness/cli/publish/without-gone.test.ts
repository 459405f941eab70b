import t from 'tap';
import { postureOf } from '../../../../harness/compare/index.ts';
import { withoutGone } from '../../../../harness/cli/publish/index.ts';
import { renderReport } from '../../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../../reports/samples/index.ts';

t.test(
  'what code scanning takes holds no result that is gone, and says of the others whether they are new',
  async (t) => {
    const baseline = withoutGone(postureOf(brokenReport), soundReport);
    t.strictSame(baseline.incidents, []);
    t.notMatch(String(await renderReport(soundReport, 'sarif', { baseline })), /"absent"/);
    const same = withoutGone(postureOf(brokenReport), brokenReport);
    t.match(String(await renderReport(brokenReport, 'sarif', { baseline: same })), /"baselineState": "unchanged"/);
  },
);
