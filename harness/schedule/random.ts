import { createHash } from 'node:crypto';

/** Numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/**
 * A stream of random numbers for one purpose: sfc32 (Chris Doty-Humphrey, PractRand) seeded with SHA-256 of seed and label.
 * Purposes have streams of their own, so that a change to one part of a schedule leaves the others as they were. Integer
 * arithmetic only: the same on any machine.
 */
export const randomStream = (seed: string, label: string): Random => {
  const digest = createHash('sha256').update(`${seed}\n${label}`).digest();
  let a = digest.readUInt32LE(0) | 0;
  let b = digest.readUInt32LE(4) | 0;
  let c = digest.readUInt32LE(8) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
};

/** The items in a random order (Fisher–Yates). */
export const shuffle = <T>(items: readonly T[], random: Random): readonly T[] => {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
};
