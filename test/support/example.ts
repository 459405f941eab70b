import { formRecord } from '../../harness/schedule/index.ts';
import type {
  AttackContext,
  AttackMeta,
  AttackRecord,
  AttemptRecord,
  Form,
  HistoryRecord,
  Kinds,
} from '../../harness/model/index.ts';
import { routesOf } from '../../harness/declare/forms/index.ts';
import { attackOf, attempt, end, phase, routeSlot, runOf, traffic, twin } from './history.ts';

/** What an example shows: an attack that got in once, or one that was refused every time. */
export type Ending = 'broke' | 'held';

/** When the attempts of an example are sent: far enough apart for each to have twins of its own. */
const times = [2000, 4000, 6000] as const;
const lengthMs = 8000;

export type ExampleContext = AttackContext & { readonly kinds: Kinds };

/**
 * The smallest histories in which an attack ends so, derived from its forms: one for each kind of evidence that it has, with three
 * attempts, and the twins that make them count. Of a comparison with the policy the form is one that it denies: what was admitted is
 * seen then.
 */
export const examplesOf = (
  meta: AttackMeta,
  forms: readonly Form[],
  ending: Ending,
  context: ExampleContext,
): ReadonlyMap<string, readonly HistoryRecord[]> => {
  const { kinds, hops } = context;
  if (forms.length === 0) {
    return new Map(
      [...kinds.checks].flatMap(([id, check]) =>
        id === meta.check
          ? [[id, history(attackOf({ ...meta, forms: [] }), check.example(ending, 'rest', hops), context)]]
          : [],
      ),
    );
  }
  const judged = forms.filter(({ probe }) => probe !== true);
  const probe = forms.find((form) => form.probe === true);
  return new Map(
    [...new Set(judged.map(({ evidence }) => evidence))].map((id) => {
      const own = judged.filter(({ evidence }) => evidence === id);
      const form = own.find(({ decisions }) => decisions?.[0]?.allow !== true) ?? own[0]!;
      return [id, exampleOf(meta, form, probe, ending, context)];
    }),
  );
};

/** The example of one form. */
export const exampleOf = (
  meta: AttackMeta,
  form: Form,
  probe: Form | undefined,
  ending: Ending,
  context: ExampleContext,
): readonly HistoryRecord[] => {
  const { kinds } = context;
  const kind = kinds.evidence.get(form.evidence)!;
  const shown = [form, ...(probe === undefined ? [] : [probe])];
  const record = attackOf({
    ...meta,
    required: times.length,
    bound: 0.7,
    forms: shown.map((one) => formRecord(one, kinds)),
  });
  const attack = record.id;
  const attempts = times.flatMap((atMs, seq): HistoryRecord[] => {
    const ends = kind.example(form, ending === 'broke' && seq === 0 ? 'broke' : 'held', { attack, form: 0, seq, atMs });
    return [attempt(seq, atMs, { attack, ...ends.attempt } as Partial<AttemptRecord>), ...ends.records];
  });
  const twins =
    form.twin.kind === 'traffic'
      ? traffic(0, lengthMs, 200)
      : Array.from({ length: lengthMs / 400 }, (_, i) => twin(i, i * 400, { forms: [[attack, 0]] }));
  const acted =
    probe === undefined
      ? []
      : [...kinds.actions.values()].flatMap(
          (action) => action.example?.(probe, { attack, form: 1, seq: 100, atMs: 1000 }) ?? [],
        );
  return history(record, [...twins, ...attempts, ...acted], context, form);
};

const history = (
  attack: AttackRecord,
  events: readonly HistoryRecord[],
  context: ExampleContext,
  form?: Form,
): readonly HistoryRecord[] => {
  const routes = routesOf(context);
  const own = form?.twin.kind === 'traffic' ? form.twin.route : null;
  const { id, method, template, crosses, hops: crossed } = routes.find((route) => route.id === own) ?? routes[0]!;
  const slot = { ...routeSlot(id, 0, method, template), crosses, hops: crossed };
  const run = runOf([attack], { routes: [slot] });
  return [{ ...run, stack: { ...run.stack, hops: context.hops } }, phase('rest', 0, lengthMs), ...events, end()];
};
