import { ensureImages, openRegistry } from '../../execute/engine/index.ts';
import type { CommandContext } from '../index.ts';

/** Brings one image; the default makes it, by asking the registry once for all. */
export type BringImage = (name: string) => Promise<unknown>;

/**
 * Brings images before a night begins. One that cannot be had is said, and the others go on: what becomes of its stacks is said by
 * their rows. Throws only where it was interrupted.
 */
export const bringImages = async (
  names: readonly string[],
  { progress, signal }: Pick<CommandContext, 'progress' | 'signal'>,
  bring?: BringImage,
): Promise<void> => {
  const registry = openRegistry();
  const one = bring ?? ((name) => ensureImages([name], progress, signal, registry));
  for (const name of names) {
    try {
      await one(name);
    } catch (error) {
      signal.throwIfAborted();
      progress(`images: ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
};
