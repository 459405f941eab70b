import fc from 'fast-check';

/** Any character but half of a pair. fast-check's own, `binary`, takes two seconds of each process to build its table. */
const character = fc
  .oneof(fc.nat({ max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));

/** Any text at all. */
export const anyText = fc.string({ unit: character });
