import t from 'tap';
import { operate } from '../../../../harness/execute/operate/index.ts';
import type { Acting } from '../../../../harness/execute/operate/index.ts';
import type { Operation } from '../../../../harness/model/index.ts';

type Done = readonly [what: string, op: unknown];

const acting = (apply: (op: Operation['op']) => Promise<void>, undo: () => Promise<void> = async () => undefined) => {
  const done: Done[] = [];
  const one: Acting<Operation['op']> = {
    apply: async (op) => {
      await apply(op);
      done.push(['applied', op['n']]);
    },
    undo: async (op) => {
      await undo();
      done.push(['undone', op['n']]);
    },
    data: (op) => op,
    stop: async () => undefined,
  };
  return { acting: new Map([['a', one]]), done };
};
const at = (startMs: number, endMs: number, n: number): Operation => ({ kind: 'a', startMs, endMs, op: { n } });
const play = (
  spec: Pick<Parameters<typeof operate>[0], 'acting' | 'operations'>,
  signal = new AbortController().signal,
) => operate({ ...spec, originNs: process.hrtime.bigint(), signal });

t.test('applied at its time, undone at its end, with times that say so', async (t) => {
  const { acting: ready, done } = acting(async () => undefined);
  const beforeNs = process.hrtime.bigint();
  const [one] = await play({ acting: ready, operations: [at(10, 40, 0)] });
  t.strictSame(done, [
    ['applied', 0],
    ['undone', 0],
  ]);
  const { askedNs, startNs, endNs, overNs, error } = one!;
  t.equal(error, null);
  t.ok(askedNs <= startNs && startNs < endNs && endNs <= overNs);
  t.ok(startNs - beforeNs >= 10_000_000n && endNs - beforeNs >= 40_000_000n, 'neither before its time');
});

t.test('one that fails carries its error and is undone, and the others go on', async (t) => {
  const { acting: ready, done } = acting(async ({ n }) => {
    if (n === 0) throw new Error('no nft');
  });
  const made = await play({ acting: ready, operations: [at(0, 5, 0), at(2, 8, 1)] });
  t.match(made, [{ error: 'no nft' }, { error: null }]);
  t.strictSame(
    done.filter(([what]) => what === 'undone').map(([, n]) => n),
    [0, 1],
  );
});

t.test('one that cannot be undone says so as well', async (t) => {
  const { acting: ready } = acting(
    async () => undefined,
    async () => {
      throw new Error('it is stuck');
    },
  );
  t.match(await play({ acting: ready, operations: [at(0, 5, 0)] }), [
    { error: /it is stuck; and it could not be undone/ },
  ]);
});

t.test('those that have only a moment happen one after another, and are not undone', async (t) => {
  const { acting: ready, done } = acting(async ({ n }) => {
    await new Promise((resolve) => setTimeout(resolve, n === 0 ? 30 : 0));
  });
  await play({ acting: ready, operations: [at(0, 0, 0), at(0, 0, 1), at(1, 1, 2)] });
  t.strictSame(done, [
    ['applied', 0],
    ['applied', 1],
    ['applied', 2],
  ]);
});

t.test('an action that nothing carries out is an error of its record', async (t) => {
  t.match(await play({ acting: new Map(), operations: [at(0, 0, 0)] }), [{ error: /nothing is ready/ }]);
});

t.test('after an abort nothing begins, and what acts is undone', async (t) => {
  const { acting: ready, done } = acting(async () => undefined);
  t.strictSame(await play({ acting: ready, operations: [at(0, 5, 0)] }, AbortSignal.abort()), []);
  t.strictSame(done, []);
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 20);
  const made = await play({ acting: ready, operations: [at(0, 60_000, 0)] }, abort.signal);
  t.match(made, [{ error: 'interrupted' }]);
  t.strictSame(done.at(-1), ['undone', 0]);
});
