import { requestText } from '../declare/run/index.ts';
import type { Declared } from '../declare/run/index.ts';
import type { AttackRecord, Form, Kinds, Schedule } from '../model/index.ts';
import { partsOf } from '../policy/decide/index.ts';
import { attemptsFor, boundOf } from './required.ts';

/** What the run record says of each attack that the plan requires, as scheduled. Pure. */
export const attackRecords = (
  { required, selected, plan, policy, stack }: Pick<Declared, 'required' | 'selected' | 'plan' | 'policy' | 'stack'>,
  schedule: Pick<Schedule, 'attacks'>,
  kinds: Pick<Kinds, 'actions' | 'senders'>,
): AttackRecord[] =>
  required.map(({ meta, definition, advice }) => ({
    ...meta,
    definition,
    ...(advice.length > 0 && { advice }),
    required: attemptsFor(boundOf(plan, meta.critical)),
    bound: boundOf(plan, meta.critical),
    run: selected.some((one) => one.meta.id === meta.id),
    forms: (schedule.attacks.find(({ id }) => id === meta.id)?.forms ?? []).map((form) => ({
      ...formRecord(form, kinds),
      ...tested(partsOf(policy, stack, form, kinds)),
    })),
  }));

/** What the run record says of a form, but for the parts of the policy that it tests. Pure. */
export const formRecord = (
  form: Form,
  kinds: Pick<Kinds, 'actions' | 'senders'>,
): Omit<AttackRecord['forms'][number], 'parts'> => ({
  variant: form.variant,
  target: form.target,
  vantage: form.vantage,
  evidence: form.evidence,
  route: form.twin.kind === 'traffic' ? form.twin.route : null,
  request: requestText(form, kinds),
  ...(form.decisions !== undefined && { decisions: form.decisions }),
  ...(form.probe && { probe: form.probe }),
});

const tested = (parts: readonly string[]): { readonly parts?: readonly string[] } =>
  parts.length === 0 ? {} : { parts };
