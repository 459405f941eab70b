import { docker } from '../client.ts';
import type { Recipe } from './recipe.ts';

const probeMs = 5000;

/** Whether images can be pulled in this set-up. Asked once: the first refusal counts for all images. */
export type Registry = {
  /** What to pull for this recipe, or why it cannot be pulled. */
  readonly offer: (recipe: Recipe) => Promise<{ readonly pull: string } | { readonly refusal: string }>;
};

/** Asks the registry, through the engine, for the manifest of an image; rejects where there is no answer in time. */
export type AskRegistry = (reference: string) => Promise<unknown>;

const askEngine: AskRegistry = async (reference) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${probeMs / 1000} s`)), probeMs);
  });
  try {
    return await Promise.race([docker().getImage(reference).distribution(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * The registry as this set-up sees it. `mirror` (environment HOLDFAST_REGISTRY) is put before each reference: a registry of
 * the user's own that has the same images.
 */
export const openRegistry = (
  mirror: string | undefined = process.env['HOLDFAST_REGISTRY'],
  ask: AskRegistry = askEngine,
): Registry => {
  let refused: string | undefined;
  return {
    offer: async (recipe) => {
      if (recipe.pull === undefined) return { refusal: 'it exists as a recipe only' };
      if (refused !== undefined) return { refusal: refused };
      const pull = mirror ? `${mirror}/${recipe.pull}` : recipe.pull;
      try {
        await ask(pull);
        return { pull };
      } catch (error) {
        const { statusCode, message } = error as { statusCode?: number; message: string };
        const reason = message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
        // A registry that answers about this image alone says nothing of the others.
        if (statusCode === 404 || /manifest unknown|not found: manifest/i.test(reason))
          return { refusal: `the registry does not have ${pull}` };
        // The engine tells the whole way of the failed connection; its end is what went wrong.
        refused = `no image registry: ${reason.split(': ').at(-1)}`;
        return { refusal: refused };
      }
    },
  };
};
