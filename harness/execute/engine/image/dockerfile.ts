import { recipeLabel, sourceLabel } from '../labels.ts';
import type { Recipe } from './recipe.ts';

const labelled = (recipe: Recipe, source: 'pulled' | 'built'): readonly string[] => [
  `LABEL ${recipeLabel}=${recipe.digest} ${sourceLabel}=${source}`,
];

/**
 * A pulled image made to behave like a built one: containers name their binary, so there is no entry point; they run as root
 * in /, which is what the bind mounts and the network tools need.
 */
export const pulledDockerfile = (recipe: Recipe, pull: string): string =>
  [`FROM ${pull}`, 'USER 0', 'WORKDIR /', 'ENTRYPOINT []', 'CMD []', ...labelled(recipe, 'pulled'), ''].join('\n');

/**
 * What stands on top of the base: Debian packages, then the files that build.sh laid out under `rootfs`, then the recipe's
 * own commands. A recipe without a base brings the whole file system as `rootfs.tar`.
 */
export const builtDockerfile = (recipe: Recipe, base: string | null, files: boolean): string => {
  const { packages, run } = recipe.build;
  return [
    ...(base === null ? ['FROM scratch', 'ADD rootfs.tar /'] : [`FROM ${base}`]),
    ...(packages.length === 0
      ? []
      : [
          `RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages.join(' ')} >/dev/null && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin`,
        ]),
    ...(base !== null && files ? ['COPY rootfs/ /'] : []),
    ...run.map((command) => `RUN ${command}`),
    ...labelled(recipe, 'built'),
    '',
  ].join('\n');
};
