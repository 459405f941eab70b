import type { View } from '../model/index.ts';

/** What is made of a history once, and asked for by each of its attempts. */
export const perView = <T>(make: (view: View) => T): ((view: View) => T) => {
  const known = new WeakMap<View, { readonly made: T }>();
  return (view) => {
    const found = known.get(view) ?? { made: make(view) };
    known.set(view, found);
    return found.made;
  };
};
