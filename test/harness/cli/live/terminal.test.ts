import { stripVTControlCharacters } from 'node:util';
import t from 'tap';
import { openLive } from '../../../../harness/cli/live/index.ts';
import { stateWith } from './state.ts';
import { terminalOf } from './terminal.ts';

const open = (columns: number, rows = 24) => {
  const terminal = terminalOf(columns, rows);
  let nowMs = 0;
  const { live, line } = openLive(terminal.stream as unknown as NodeJS.WriteStream, {}, () => nowMs);
  return { ...terminal, live, line, at: (ms: number) => (nowMs = ms) };
};
const view = [
  'spike   12 s of 22 s   17 s left',
  'asked 1,480/s   delivered 1,476/s   failed 0   waiting 3',
  'latency p50 4 ms   p99 31 ms',
  'attempts 9,120 of 12,340   answered 9,104   admitted so far 0',
];
const none = (): void => undefined;

t.test('the view is redrawn in place, and lines scroll above it', async (t) => {
  const { live, line, lines, cursor } = open(100);
  line(' 0:07  stack: serving');
  live.show(stateWith(0), none);
  t.strictSame(await lines(), [' 0:07  stack: serving', ...view]);
  live.show(stateWith(0), none);
  line(' 0:09  a line');
  live.show(stateWith(12), none);
  t.strictSame(await lines(), [
    ' 0:07  stack: serving',
    ' 0:09  a line',
    ...view.slice(0, 3),
    'attempts 9,120 of 12,340   answered 9,104   ADMITTED so far 12',
  ]);
  live.done();
  t.strictSame(await lines(), [' 0:07  stack: serving', ' 0:09  a line']);
  t.strictSame(await cursor(), { x: 0, y: 2 }, 'the next line begins where the view was');
  live.done();
  t.equal((await lines()).length, 2, 'done twice is done');
});

t.test('at the bottom of the screen nothing is lost and nothing is left over', async (t) => {
  const { live, line, lines } = open(60, 8);
  for (let i = 0; i < 20; i++) {
    line(`line ${i}`);
    live.show(stateWith(i, { phaseElapsedMs: i * 1000 }), none);
  }
  live.done();
  line('end');
  t.strictSame(await lines(), [...Array.from({ length: 20 }, (_, i) => `line ${i}`), 'end']);
});

t.test('a narrow terminal gets more lines, each within its width', async (t) => {
  const { live, line, lines } = open(40);
  line('a line of progress that is too long for a terminal of so few columns');
  live.show(stateWith(3), none);
  live.show(stateWith(4), none);
  const shown = await lines();
  t.strictSame(shown.slice(2), [
    'spike   12 s of 22 s   17 s left',
    'asked 1,480/s   delivered 1,476/s',
    '  failed 0   waiting 3',
    'latency p50 4 ms   p99 31 ms',
    'attempts 9,120 of 12,340',
    '  answered 9,104   ADMITTED so far 4',
  ]);
  t.equal(shown.slice(0, 2).join(''), 'a line of progress that is too long for a terminal of so few columns');
  live.done();
  t.equal((await lines()).length, 2);
});

t.test('a very narrow one cuts what does not fit', async (t) => {
  const { live, lines } = open(14);
  live.show(stateWith(4), none);
  live.show(stateWith(5), none);
  t.ok((await lines()).every((text) => text.length <= 13));
  live.done();
  t.strictSame(await lines(), ['']);
});

t.test('the cursor is never hidden, and an admission is told in words, not by colour alone', async (t) => {
  const before = process.env['NO_COLOR'];
  t.teardown(() => (before === undefined ? delete process.env['NO_COLOR'] : (process.env['NO_COLOR'] = before)));
  delete process.env['NO_COLOR'];
  const { live, raw } = open(100);
  live.show(stateWith(1), none);
  t.notMatch(raw(), /\[\?25l/);
  t.match(raw(), /\[31m.*ADMITTED so far 1/);
  t.match(stripVTControlCharacters(raw()), /ADMITTED so far 1/);
  process.env['NO_COLOR'] = '1';
  const plain = open(100);
  plain.live.show(stateWith(1), none);
  t.notMatch(plain.raw(), /\[\d+m/, 'no colour where none is wanted');
  t.match(plain.raw(), /ADMITTED so far 1/);
});

t.test('a job of several runs says which this is, and what is left of all', async (t) => {
  const { live, lines, at } = open(100);
  const first = live.within({ name: 'envoy-envoy', at: 1, of: 3 });
  first.note('stack: starting envoy-envoy');
  t.strictSame(await lines(), ['envoy-envoy, 1 of 3', 'stack: starting envoy-envoy']);
  at(40_000);
  first.show(stateWith(0), none);
  t.strictSame(await lines(), ['envoy-envoy, 1 of 3   about 2 min 9 s left of all', ...view]);
  first.done();
  at(60_000);
  const second = live.within({ name: 'haproxy-istio', at: 2, of: 3 });
  second.note('record: stopping the taps,\nand more');
  t.strictSame(await lines(), ['haproxy-istio, 2 of 3   about 2 min left of all', 'record: stopping the taps,']);
  second.within({ name: 'jwt-optional', at: 1, of: 2 }).show(stateWith(0), none);
  t.match((await lines())[0], /^haproxy-istio, 2 of 3: jwt-optional, 1 of 2 {3}about .* left of all$/);
  second.done();
  t.strictSame(await lines(), ['']);
});

t.test('of a single run a note takes the view away: it is a line of its own', async (t) => {
  const { live, line, lines } = open(100);
  live.show(stateWith(0), none);
  live.note('record: reading');
  line('record: reading');
  t.strictSame(await lines(), ['record: reading']);
});
