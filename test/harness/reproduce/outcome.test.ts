import t from 'tap';
import { reason } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/index.ts';
import { bundlesOf, differencesOf, interval95, outcomeOf as coded } from '../../../harness/reproduce/index.ts';
import { said } from '../../support/said.ts';
import { told } from '../../support/check.ts';
import { finishedRun } from './finished.ts';

const weak = finishedRun((attack, form) => attack === 'E2' && form === 1);
const sound = finishedRun(() => false);
const [bundle] = bundlesOf(weak);
const outcomeOf = (of: Parameters<typeof coded>[0], report: Report) => told(coded(of, report));
const tooFew = reason('attack', { attack: 'E12', verdict: 'unknown', reason: said('too few') });

t.test('reproduced is the same incident; a fit run without it is not reproduced; all else is unknown', async (t) => {
  t.match(outcomeOf(bundle!, weak.report), { outcome: 'reproduced', reason: null, admitted: Number, of: Number });
  t.match(outcomeOf(bundle!, sound.report), { outcome: 'not-reproduced', reason: null, admitted: 0 });
  t.ok(outcomeOf(bundle!, sound.report).of > 0);
  t.match(outcomeOf(bundle!, { ...sound.report, partial: true }), { outcome: 'unknown', reason: /cut short/ });
  t.match(outcomeOf(bundle!, { ...sound.report, verdict: 'INVALID', reasons: [said('sent late')] }), {
    outcome: 'unknown',
    reason: /sent late/,
  });
  const blind = sound.report.attacks.map((attack) => ({
    ...attack,
    indeterminateReasons: [{ reason: reason('twin-failed'), count: 5 }],
    variants: attack.variants.map((one) => ({ ...one, refused: 0, indeterminate: one.attempts })),
  }));
  t.match(outcomeOf(bundle!, { ...sound.report, attacks: blind }), { outcome: 'unknown', reason: /its twin/ });
  const data = { service: 'orders' };
  const lost = reason('evidence-lost', { observer: 'witness', code: 'unreadable', count: 3, data });
  t.match(outcomeOf(bundle!, { ...sound.report, verdict: 'UNKNOWN', reasons: [tooFew, lost] }), {
    outcome: 'unknown',
    reason: 'evidence was lost that could show an admission: journal of orders (3)',
  });
  t.match(outcomeOf(bundle!, { ...sound.report, verdict: 'UNKNOWN', reasons: [tooFew] }), {
    outcome: 'not-reproduced',
  });
  const notReloaded = sound.report.attacks.map((attack) => ({
    ...attack,
    verdict: 'unknown' as const,
    reason: reason('never-reloaded'),
  }));
  t.match(outcomeOf(bundle!, { ...sound.report, attacks: notReloaded }), { outcome: 'unknown', reason: /reload/ });
  const few = sound.report.attacks.map((attack) => ({
    ...attack,
    verdict: 'unknown' as const,
    reason: reason('too-few-attempts', { held: 1, needed: 299, bound: 0.01 }),
  }));
  t.match(outcomeOf(bundle!, { ...sound.report, attacks: few }), { outcome: 'not-reproduced' });
  t.match(outcomeOf(bundle!, { ...sound.report, reasons: [], attacks: [] }), {
    outcome: 'unknown',
    reason: /no attempt/,
  });
});

t.test('another incident is not this one, but an admission in a run that was cut short is', async (t) => {
  const other = finishedRun((attack, form) => attack === 'E12' && form === 0);
  t.match(outcomeOf(bundle!, other.report), { outcome: 'not-reproduced' });
  t.match(outcomeOf(bundle!, { ...weak.report, partial: true, verdict: 'INVALID' }), { outcome: 'reproduced' });
});

t.test('the interval of a probability is that of Clopper and Pearson', async (t) => {
  // Values of R's binom.test, rounded outwards.
  t.strictSame(interval95(9, 10), [0.5549, 0.9975]);
  t.strictSame(interval95(10, 10), [0.6915, 1]);
  t.strictSame(interval95(0, 10), [0, 0.3085]);
  t.strictSame(interval95(1, 1), [0.025, 1]);
  t.equal(interval95(0, 0), null);
});

t.test('what differs is said by name, and where nothing does nothing is', async (t) => {
  const now = { versions: bundle!.versions, digests: bundle!.digests, machine: bundle!.machine };
  const rendered = new Map(Object.entries(bundle!.configuration));
  t.strictSame(differencesOf(bundle!, now, rendered, {}), []);
  const differing = differencesOf(
    bundle!,
    {
      versions: { envoy: '1.41.0', holdfast: '0.2.0' },
      digests: { ...bundle!.digests, 'image envoy': 'ff', plan: 'of the part, which always differs' },
      machine: { ...bundle!.machine, cpus: 64 },
    },
    new Map([
      ['compose.yaml', 'services: {}\n'],
      ['edge/envoy.yaml', 'a: 2\n'],
      ['new.yaml', ''],
    ]),
    { policy: 'aa' },
  );
  t.strictSame(
    differing.map(({ what }) => what),
    [
      'version of envoy',
      'version of holdfast',
      'digest of image envoy',
      'digest of policy',
      'machine: cpus',
      'configuration edge/envoy.yaml',
      'configuration new.yaml',
    ],
  );
  t.match(differing[0], { recorded: '1.40.0', now: '1.41.0' });
  t.match(differencesOf(bundle!, now, 'the policy cannot be expressed', {}), [{ now: /cannot be expressed/ }]);
  const cached = { ...now, versions: { envoy: '1.40.0 (cached)' } };
  t.strictSame(differencesOf({ ...bundle!, versions: { envoy: '1.40.0 (built)' } }, cached, rendered, {}), []);
});
