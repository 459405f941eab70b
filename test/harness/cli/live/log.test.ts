import { PassThrough } from 'node:stream';
import t from 'tap';
import { openLive } from '../../../../harness/cli/live/index.ts';
import { isScreen } from '../../../../harness/cli/live/open.ts';
import { wholeLeftMs } from '../../../../harness/cli/live/parts.ts';
import { spanText } from '../../../../harness/cli/live/words.ts';
import { stateWith } from './state.ts';

const open = () => {
  let nowMs = 0;
  const stream = Object.assign(new PassThrough(), { isTTY: false });
  const { live, line } = openLive(stream as unknown as NodeJS.WriteStream, {}, () => nowMs);
  const said: string[] = [];
  return { live, line, stream, said, say: (text: string) => said.push(text), at: (ms: number) => (nowMs = ms) };
};

t.test('a line when a phase has begun, and one every ten seconds', async (t) => {
  const { live, at, said, say } = open();
  for (let ms = 0; ms <= 27_000; ms += 1000) {
    at(ms);
    const phaseElapsedMs = ms < 5000 ? ms : ms - 5000;
    live.show(stateWith(0, { phase: ms < 5000 ? 'rest' : 'spike', phaseElapsedMs }), say);
  }
  t.strictSame(
    said.map((line) => line.slice(0, line.indexOf(':'))),
    ['rest 1 s of 22 s', 'spike 1 s of 22 s', 'spike 11 s of 22 s', 'spike 21 s of 22 s'],
  );
});

t.test('the line says what there is to say, and no control character', async (t) => {
  const { live, said, say, stream, line } = open();
  live.show(stateWith(0), say);
  const load = { ...stateWith(0).load, failed: 7, disturbed: 21, dropped: 2, p99Ms: null };
  live.within({ name: 'envoy-envoy', at: 1, of: 15 }).show(stateWith(1234, { load, phase: 'recovery' }), say);
  t.strictSame(said, [
    'spike 12 s of 22 s: asked 1,480/s, delivered 1,476/s, p99 31 ms, attempts 9,120, admitted so far 0, 17 s left',
    'recovery 12 s of 22 s: asked 1,480/s, delivered 1,476/s, failed 7, disturbed 21, dropped 2, p99 –, attempts 9,120, admitted so far 1,234, 17 s left, about 4 min 3 s left of all',
  ]);
  live.show(stateWith(0, { phase: 'last answers', phaseElapsedMs: 1200, phaseMs: null }), say);
  t.match(said.at(-1), /^last answers 1 s: asked/);
  live.note('what is a line already');
  line('a line');
  live.done();
  t.equal(String(stream.read()), 'a line\n');
});

t.test('a view only where lines can be redrawn and somebody sees it', async (t) => {
  const tty = { isTTY: true, columns: 80, rows: 24 } as NodeJS.WriteStream;
  t.equal(isScreen(tty, { TERM: 'xterm-256color' }), true);
  t.equal(isScreen(tty, { TERM: 'dumb' }), false);
  t.equal(isScreen(tty, { CI: 'true' }), false);
  t.equal(isScreen({ ...tty, isTTY: false } as NodeJS.WriteStream, {}), false);
  t.equal(isScreen({ ...tty, columns: 0, rows: 0 } as NodeJS.WriteStream, {}), false, 'a terminal without a size');
});

t.test('what is left of all', async (t) => {
  const part = { name: 'x', of: 4, jobStartedMs: 0 };
  t.equal(wholeLeftMs({ ...part, at: 1, startedMs: 0 }, 10_000, 20_000), 20_000 + 3 * 30_000, 'by this one');
  t.equal(wholeLeftMs({ ...part, at: 3, startedMs: 80_000 }, 90_000, 5000), 30_000 + 40_000, 'by those that are done');
  t.equal(wholeLeftMs({ ...part, at: 4, startedMs: 90_000 }, 140_000, 5000), 5000, 'one that takes longer');
  t.equal(
    wholeLeftMs({ ...part, at: 2, startedMs: 30_000, afterMs: 7000 }, 40_000, 5000),
    12_000,
    'by what is expected',
  );
  t.strictSame([0, 900, 59_000, 61_000, 120_000, 599_000, 5_400_000].map(spanText), [
    '0 s',
    '1 s',
    '59 s',
    '1 min 1 s',
    '2 min',
    '9 min 59 s',
    '90 min',
  ]);
});
