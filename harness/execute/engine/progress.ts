/** Receives one line of progress; the command line writes it to stderr. */
export type Progress = (line: string) => void;

/** Runs a step and says how long it took, also where it failed. `what` reads before a colon, e.g. `images: k6 2.2.0`. */
export const timed = async <T>(what: string, progress: Progress, step: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  try {
    const result = await step();
    progress(`${what}: done in ${seconds(began).toFixed(1)} s`);
    return result;
  } catch (error) {
    progress(`${what}: failed after ${seconds(began).toFixed(1)} s`);
    throw error;
  }
};

/** Seconds since an instant of `performance.now()`, to a tenth. */
export const seconds = (began: number): number => Math.round((performance.now() - began) / 100) / 10;
