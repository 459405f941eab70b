import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { postureOf } from '../../harness/compare/index.ts';
import type { GivenGate } from '../../harness/compare/index.ts';
import { openGate } from '../../harness/declare/gate/index.ts';
import type { Posture } from '../../harness/model/index.ts';
import { readRunReport } from '../../reports/index.ts';
import { foundIn, pairOf, regressions } from './figures.ts';
import type { Pair } from './figures.ts';
import { describe } from './page.ts';
import { planted } from './planted.ts';
import { record } from './record.ts';

/** A baseline of so many nights, as a nightly keeps it. */
const nights = 5;

const count = (value: string): number => {
  if (!/^[1-9][0-9]*$/.test(value)) throw new InvalidArgumentError('expected a whole number of at least 1.');
  return Number(value);
};

/**
 * `npm run pairs`: is `holdfast compare` quiet where nothing changed, and does it see what was planted? Runs `quick` again and again on this
 * machine, every run one of the same or with a planted regression, in turn, so that a machine that drifts does so under both; then compares
 * each night with the night before, and each planted run with the same run before it.
 */
const {
  out,
  pairs,
  gate: gateId,
  page,
} = new Command('pairs')
  .option('--out <dir>', 'where the runs are kept; those that are there are not run again', 'reports/runs/pairs')
  .option('--pairs <n>', 'pairs of runs of the same', count, 30)
  .option('--gate <gate>', 'gate by which they are compared', 'default')
  .option('--page <file>', 'where the figures are written', 'test/pairs/figures.md')
  .parse()
  .opts<{ out: string; pairs: number; gate: string; page: string }>();

const folder = resolve(out);
mkdirSync(folder, { recursive: true });
const gate: GivenGate = openGate(gateId);
const same: Posture[] = [];
const against = new Map<string, { readonly posture: Posture; readonly before: number }>();
const total = pairs + 1;
for (let night = 0; night < total; night += 1) {
  const own = join(folder, `same-${String(night + 1).padStart(3, '0')}`);
  console.error(`same ${night + 1} of ${total}`);
  await record(own, null);
  same.push(postureOf(await readRunReport(own)));
  // The planted runs are spread over the nights.
  const due = Math.floor(((night + 1) * planted.length) / total);
  for (const one of planted.slice(against.size, due)) {
    console.error(`planted ${against.size + 1} of ${planted.length}: ${one.id}`);
    const run = join(folder, `planted-${one.id}`);
    await record(run, one.overlay);
    against.set(one.id, { posture: postureOf(await readRunReport(run)), before: night });
  }
}

const quiet: Pair[] = same
  .slice(1)
  .map((posture, i) => pairOf(`night ${i + 1} and ${i + 2}`, [same[i]!], posture, gate));
const everyTwo: Pair[] = same.flatMap((a, i) =>
  same.flatMap((b, j) => (i < j ? [pairOf(`night ${i + 1} and ${j + 1}`, [a], b, gate)] : [])),
);
const overNights: Pair[] = same
  .slice(nights)
  .map((posture, i) =>
    pairOf(
      `night ${i + nights + 1} and the ${nights} before it`,
      same.slice(i, i + nights) as [Posture, ...Posture[]],
      posture,
      gate,
    ),
  );
const seen = planted.map((one) => {
  const { posture, before } = against.get(one.id)!;
  const single = pairOf(one.id, [same[before]!], posture, gate);
  const all = same.map((a, i) => foundIn(one, pairOf(`${one.id} and night ${i + 1}`, [a], posture, gate)).found);
  return { one, pair: single, ...foundIn(one, single), everyNight: all.filter(Boolean).length, nights: all.length };
});

const text = describe({ gate, same, quiet, everyTwo, overNights, nights, seen });
writeFileSync(page, text);
console.log(text);
const falseOnes = quiet.filter((pair) => regressions(pair).length > 0).length;
const missed = seen.filter(({ found }) => !found);
const noise = missed.filter(({ called }) => called.some(({ judgement }) => judgement === 'noise'));
console.error(
  `${falseOnes} false regressions in ${quiet.length} pairs; ${seen.length - missed.length} of ${seen.length} planted found`,
);
process.exit(falseOnes <= 1 && missed.length <= 1 && noise.length === 0 ? 0 : 1);
