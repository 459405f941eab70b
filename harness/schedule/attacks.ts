import { byId } from '../declare/discover/index.ts';
import { selects, wants, wantsForm } from '../declare/plan/index.ts';
import { HoldfastError, missingFeatures } from '../model/index.ts';
import type { Attack, AttackContext, AttackMeta, Form, Plan } from '../model/index.ts';
import { drawCorpus } from './corpus.ts';
import { randomStream } from './random.ts';
import { attemptsFor, boundOf, margin } from './required.ts';

/** An attack of the plan: `runs` is false where `--only` leaves it out, or the stack lacks a feature that it needs. */
export type SelectedAttack = {
  readonly id: string;
  readonly critical: boolean;
  readonly required: number;
  readonly forms: readonly Form[];
  /** Its forms are a corpus, drawn for this run: each is sent at least once in all. */
  readonly corpus: boolean;
  readonly runs: boolean;
};

/** The attacks that the plan requires, in the order of their ids, with their forms on this stack; of a corpus, those that the seed draws. */
export const selectAttacks = (
  plan: Plan,
  context: AttackContext,
  attacks: Iterable<{ readonly meta: AttackMeta; readonly attack: Attack }>,
  only: string | null,
  seed: string,
): readonly SelectedAttack[] =>
  [...attacks]
    .filter(({ meta }) => wants(plan.attacks, meta))
    .toSorted((a, b) => byId(a.meta.id, b.meta.id))
    .map(({ meta, attack }) => {
      const applies = missingFeatures(meta, context.stack.features).length === 0;
      const required = attemptsFor(boundOf(plan, meta.critical));
      const forms = applies ? formsWanted(plan, meta, attack.attempts(context)) : [];
      const corpus = meta.corpus === true;
      return {
        id: meta.id,
        critical: meta.critical,
        required,
        forms: corpus
          ? drawCorpus(forms, scheduledAttempts(required, 'ordinary'), randomStream(seed, `corpus/${meta.id}`))
          : forms,
        corpus,
        runs: applies && (only === null || selects([only], meta)),
      };
    });

/** The forms of an attack that the plan wants: all, or those that it names. Throws `bad-input` where it names none that there is. */
const formsWanted = (plan: Plan, meta: AttackMeta, forms: readonly Form[]): readonly Form[] => {
  const entries = plan.attacks.filter((entry) => wants([entry], meta));
  const wanted = forms.filter((form) => wantsForm(entries, meta, form));
  if (forms.length === 0 || wanted.length > 0) return wanted;
  const names = [...new Set(forms.map(({ variant }) => variant))];
  throw new HoldfastError('bad-input', `expected the plan ${plan.id} to name forms of ${meta.id}, found none of them`, {
    hint: `there are: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`,
  });
};

/** How many attempts are scheduled for so many determinate ones. */
export const scheduledAttempts = (required: number, kind: keyof typeof margin): number =>
  Math.ceil(required * margin[kind]);
