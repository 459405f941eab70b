/** Label of everything that a run starts; its value is the run's id. */
export const runLabel = 'holdfast';
/** Label that says what a container is for: the stack's roles, or `attacker`, `load`, `tap`, `watchdog`, `check`. */
export const roleLabel = 'holdfast.role';
/** Labels of images: digest of the recipe, and where the image came from. */
export const recipeLabel = 'holdfast.recipe';
export const sourceLabel = 'holdfast.source';

/** Labels for a container, network or volume of a run. */
export const labels = (run: string, role: string): Record<string, string> => ({ [runLabel]: run, [roleLabel]: role });
