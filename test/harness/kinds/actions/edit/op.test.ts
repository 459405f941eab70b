import t from 'tap';
import { discoverKinds } from '../../../../../harness/kinds/index.ts';
import { schedule } from '../../../../../harness/schedule/index.ts';
import { attacks, configured, plan, policy, stack, trace } from '../../../schedule/inputs.ts';
import { endpoints } from '../../../../support/products.ts';

const kinds = await discoverKinds();
const [simple] = attacks.filter(({ meta }) => meta.id === 'E2');
const given = { stack, policy, trace, attacks: [simple!], seed: 'edit', only: null, kinds, configured, endpoints };
const edit = (text: string, service = 'edge') => ({
  do: 'edit',
  files: { 'edge/envoy.yaml': text },
  steps: [
    { service, exec: ['reload'] },
    { service, restart: true },
  ],
});
const editing = (...actions: readonly ReturnType<typeof edit>[]) =>
  schedule({
    ...given,
    plan: { ...plan, phases: plan.phases.map((phase) => (phase.id === 'spike' ? { ...phase, actions } : phase)) },
    requested: [edit('of a sabotage')],
  });

t.test('each edit has files of its own, which its first step puts in place', async (t) => {
  const { main, configurations } = editing(edit('one'), edit('two'));
  const edits = main.operations.filter(({ kind }) => kind === 'edit');
  t.equal(edits.length, 6);
  const put = edits.flatMap(({ op }) => (typeof op['configuration'] === 'string' ? [op['configuration']] : []));
  t.same(
    put.map((name) => configurations[name]),
    ['of a sabotage', 'one', 'two'].map((text) => ({ 'edge/envoy.yaml': text })),
  );
});

t.test('a service that the stack does not have is refused, with those that it has', async (t) => {
  t.throws(() => editing(edit('one', 'egde')), {
    code: 'bad-input',
    message: /compose service .* found "egde"/,
    hint: /edge, front, back/,
  });
});
