import { brokeOf, heldOf } from '../../model/index.ts';
import type { Posture, PostureAttack, Reason, ReasonCode } from '../../model/index.ts';
import { sentence } from '../../../reports/text/reasons.ts';
import { whyNothingShown } from '../comparable.ts';
import { judged } from '../draft.ts';
import type { Conclusion, Draft } from '../draft.ts';
import type { Share } from '../statistics/fisher.ts';
import { compareShares } from './shares.ts';

const determinate = (counts: PostureAttack): number => heldOf(counts) + brokeOf(counts);

/** Codes of an attack that a stack excludes. */
const isExcluded: ReadonlySet<ReasonCode> = new Set(['not-applicable', 'feature-missing']);

const said = (reason: Reason | null, otherwise: string): string => (reason === null ? otherwise : sentence(reason));

const measured = (attack: PostureAttack | undefined): Draft['before'] =>
  attack === undefined ? null : { value: brokeOf(attack), of: determinate(attack) };

/** One line for each attack of either side: what is admitted now and was not, and the other way round. */
export const attackLines = (before: Posture, after: Posture): Draft[] => {
  const ids = [...new Set([...before.attacks, ...after.attacks].map(({ id }) => id))];
  return ids.map((id) => {
    const [a, b] = [before, after].map(({ attacks }) => attacks.find((attack) => attack.id === id));
    const known = (b ?? a)!;
    return {
      id: `attack ${id}`,
      group: 'attacks' as const,
      title: known.title,
      critical: known.critical,
      unit: 'attempts' as const,
      before: measured(a),
      after: measured(b),
      ...judge(before, after, a, b),
    };
  });
};

const judge = (
  before: Posture,
  after: Posture,
  a: PostureAttack | undefined,
  b: PostureAttack | undefined,
): Conclusion => {
  if (a === undefined || b === undefined) {
    const [there, plan] = a === undefined ? ['after', before.plan] : ['before', after.plan];
    const found = b !== undefined && b.verdict === 'fail' ? `; after admits it: ${said(b.reason, 'it failed')}` : '';
    return judged(
      'not comparable',
      `only ${there} has it: the plan ${plan} of the other side does not require it${found}`,
    );
  }
  if (b.verdict === 'fail') return a.verdict === 'fail' ? bothFail(a, b) : newlyFailing(before, a, b);
  if ([a, b].every(({ reason }) => reason !== null && isExcluded.has(reason.code))) {
    return judged('unchanged', 'it does not apply on either side');
  }
  const silent = whyNothingShown(before, 'before') ?? whyNothingShown(after, 'after');
  if (b.verdict === 'unknown')
    return judged('not comparable', `after shows too little: ${said(b.reason, 'no reason')}`);
  if (a.verdict === 'fail') {
    const open = a.forms.broke.filter((form) => !b.forms.held.includes(form));
    if (open.length > 0) {
      return judged('not comparable', `after did not try what was admitted: ${open.join(', ')}`);
    }
    return whyNothingShown(after, 'after') === null
      ? judged('improvement', 'it was admitted, and every attempt is refused now')
      : judged('not comparable', `${silent}`);
  }
  if (silent !== null) return judged('not comparable', silent);
  return a.verdict === 'unknown'
    ? judged('improvement', `it is shown to be refused now; before showed too little: ${said(a.reason, 'no reason')}`)
    : judged('unchanged', 'refused on both sides');
};

const newlyFailing = (before: Posture, a: PostureAttack, b: PostureAttack): Conclusion => {
  const { broke } = b.forms;
  const admits = `after admits it: ${said(b.reason, 'it failed')}`;
  const silent = whyNothingShown(before, 'before');
  if (silent !== null) return judged('not comparable', `${silent}; ${admits}`);
  if (a.verdict === 'unknown' && !broke.some((form) => a.forms.held.includes(form))) {
    return judged('not comparable', `before shows too little: ${said(a.reason, 'no reason')}; ${admits}`);
  }
  const tried = broke.filter((form) => a.forms.held.includes(form));
  if (broke.length > 0 && tried.length === 0) {
    return judged('not comparable', `before never tried ${broke.join(', ')}; ${admits}`);
  }
  const where = tried.length === 0 ? '' : ` (${tried.slice(0, 3).join(', ')}${tried.length > 3 ? ', …' : ''})`;
  return judged('regression', `every attempt was refused, and some are admitted now${where}: an admission is a fact`);
};

const bothFail = (a: PostureAttack, b: PostureAttack): Conclusion => {
  if (a.definition !== b.definition) {
    return judged(
      'not comparable',
      'it fails on both sides, and its definition is not the same: the shares are of other attempts',
    );
  }
  const share = (attack: PostureAttack): Share => ({ count: brokeOf(attack), of: determinate(attack) });
  return compareShares(share(a), share(b), 'it fails on both sides alike');
};
