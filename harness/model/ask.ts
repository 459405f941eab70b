import { HoldfastError } from './errors.ts';

/**
 * What a kind answers when a stage asks it. What it throws is a fault of the kind, and names it; an error of the harness that it throws
 * on purpose passes as it is. Throws `bad-input`.
 */
export const ask = <T>(sort: string, id: string, name: string, answer: () => T): T => {
  try {
    return answer();
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new HoldfastError(
      'bad-input',
      `expected "${name}" of the ${sort} ${id} to answer, found that it threw: ${message}`,
      {
        hint: `mend "${name}" in the folder of the ${sort} ${id}`,
        cause: error,
      },
    );
  }
};
