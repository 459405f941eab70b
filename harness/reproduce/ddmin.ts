/**
 * Delta debugging: a small subset of `units` that still fails, where the whole of them does (ddmin of Zeller and Hildebrandt,
 * "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002). Nothing is lost that was needed in every try; where
 * a failure comes by chance the result may be larger than need be, never one that was not seen to fail.
 * `fails`: true or false, or null where there is no more trying: what was reached by then is the answer.
 */
export const ddmin = async <T>(
  units: readonly T[],
  fails: (subset: readonly T[]) => Promise<boolean | null>,
): Promise<readonly T[]> => {
  let current = units;
  let parts = 2;
  while (current.length >= 2) {
    const found = await firstThatFails(candidatesOf(current, parts), fails);
    if (found === 'stopped') return current;
    if (found === null) {
      if (parts >= current.length) return current;
      parts = Math.min(current.length, parts * 2);
      continue;
    }
    current = found.units;
    parts = found.whole ? 2 : Math.max(2, parts - 1);
  }
  return current;
};

/** A subset to try: one part by itself (`whole`), or all but one. */
type Candidate<T> = { readonly units: readonly T[]; readonly whole: boolean };

/** The parts first, for they cut most; of two parts each is the other's complement already. */
const candidatesOf = <T>(units: readonly T[], parts: number): readonly Candidate<T>[] => {
  const chunks = Array.from({ length: parts }, (_, i) =>
    units.slice(Math.floor((i * units.length) / parts), Math.floor(((i + 1) * units.length) / parts)),
  ).filter((chunk) => chunk.length > 0);
  const wholes = chunks.map((chunk) => ({ units: chunk, whole: true }));
  if (chunks.length <= 2) return wholes;
  const complements = chunks.map((chunk) => ({ units: units.filter((unit) => !chunk.includes(unit)), whole: false }));
  return [...wholes, ...complements];
};

const firstThatFails = async <T>(
  candidates: readonly Candidate<T>[],
  fails: (subset: readonly T[]) => Promise<boolean | null>,
): Promise<Candidate<T> | 'stopped' | null> => {
  for (const candidate of candidates) {
    const failed = await fails(candidate.units);
    if (failed === null) return 'stopped';
    if (failed) return candidate;
  }
  return null;
};
