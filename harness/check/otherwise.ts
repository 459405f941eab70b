import { reason } from '../model/index.ts';
import type { Reason } from '../model/index.ts';

/** That a kind threw where it was asked. */
export const failed = (error: unknown): Reason =>
  reason('check-failed', { message: error instanceof Error ? error.message : String(error) });

/** What a kind says, or what is said for it where it throws. */
export const otherwise = <T>(answer: () => T, instead: (error: unknown) => T): T => {
  try {
    return answer();
  } catch (error) {
    return instead(error);
  }
};
