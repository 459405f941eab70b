import type { Histogram } from './histogram.ts';
import { quantileOfDrawn } from './histogram.ts';

const replicates = 200;

/**
 * Standard error of the logarithm of a quantile, by drawing whole stretches of time with replacement: requests in a queue are not
 * independent of their neighbours, stretches nearly are. 0 where there are fewer than two. Source: Künsch, Ann. Statist. 17 (1989);
 * with blocks that do not overlap, Carlstein (1986). `random`: numbers from 0 to 1.
 */
export const blockBootstrapError = (blocks: readonly Histogram[], share: number, random: () => number): number => {
  if (blocks.length < 2) return 0;
  const quantile = quantileOfDrawn(blocks, share);
  const logs = Array.from({ length: replicates }, () => {
    const drawn = blocks.map(() => Math.floor(random() * blocks.length));
    return Math.log(quantile(drawn) ?? 1);
  });
  return deviation(logs);
};

/** The sample's standard deviation; 0 of fewer than two values. */
export const deviation = (values: readonly number[]): number => {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};
